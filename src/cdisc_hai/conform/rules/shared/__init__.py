"""Rules for the datasets of both standards."""
