"""Rules for SDTM domains."""
