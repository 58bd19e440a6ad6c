"""What goes to the agency: XPT, Define-XML, lineage, reviewer's guides and the package."""
