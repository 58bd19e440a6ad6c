"""Rule TERM-CLOSED."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.guided import facts_of
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_LISTS = {
    "C66767": ("DOSE INCREASED", "DOSE NOT CHANGED", "DOSE RATE REDUCED", "DOSE REDUCED",
               "DRUG INTERRUPTED", "DRUG WITHDRAWN", "NOT APPLICABLE", "UNKNOWN"),
    "C66781": ("DAYS", "HOURS", "MONTHS", "WEEKS", "YEARS"),
    "C74558": ("DISPOSITION EVENT", "OTHER EVENT", "PROTOCOL MILESTONE"),
    "C66797": ("EXCLUSION", "INCLUSION"),
    "C66790": ("HISPANIC OR LATINO", "NOT HISPANIC OR LATINO", "NOT REPORTED", "UNKNOWN"),
    "C66742": ("N", "NA", "U", "Y"),
    "C66789": ("NOT DONE",),
    "C119013": ("OD", "OS", "OU"),
    "C66768": ("FATAL", "NOT RECOVERED/NOT RESOLVED", "RECOVERED/RESOLVED",
               "RECOVERED/RESOLVED WITH SEQUELAE", "RECOVERING/RESOLVING", "UNKNOWN"),
    "C74457": ("AMERICAN INDIAN OR ALASKA NATIVE", "ASIAN", "BLACK OR AFRICAN AMERICAN",
               "NATIVE HAWAIIAN OR OTHER PACIFIC ISLANDER", "NOT REPORTED", "OTHER", "UNKNOWN",
               "WHITE", "MULTIPLE"),
    "C66728": ("AFTER", "BEFORE", "BEFORE/DURING", "COINCIDENT", "DURING", "DURING/AFTER",
               "ONGOING", "UNKNOWN", "U"),
    "C78737": ("MANY", "ONE"),
    "C66769": ("MILD", "MODERATE", "SEVERE"),
    "C66731": ("F", "INTERSEX", "M", "U", "UNDIFFERENTIATED"),
}  # fmt: skip


@rule(
    "TERM-CLOSED",
    "A value of a closed codelist is one of its terms.",
    mend="write the term of the list",
    public=("CT2001", "CORE-000169"),
    told_by=("CONTRACT-TERM",),
)
def closed_terms(table: Table, folder: Folder) -> Iterator[Broken]:
    """Variables that SDTMIG 3.4 binds to a codelist which sponsors may not extend hold its terms
    (SDTM terminology 2025-03-28 and terms that earlier versions had). AEACN may be MULTIPLE where
    supplemental qualifiers tell the actions (SDTMIG 4.2.8.3)."""
    for name, fact in facts_of(table, folder).items():
        lists = [_LISTS[c] for c in fact.codelists if c in _LISTS] if fact else []
        if lists and fact and len(lists) == len(fact.codelists):
            terms = {"", *(term for each in lists for term in each)}
            if name == "AEACN" and folder.has("SUPPAE"):
                terms.add("MULTIPLE")
            yield Broken(name, ~table.is_in(name, terms), "is no term of its closed codelist")
