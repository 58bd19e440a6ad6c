"""Rules for ADaM datasets."""
