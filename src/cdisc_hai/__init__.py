"""From what an EDC system exports to SDTM, ADaM, XPT files and their documents."""
