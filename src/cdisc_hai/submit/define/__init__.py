"""Define-XML 2.1: a frozen model made of specs and written files, and the document."""
