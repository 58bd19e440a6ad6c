"""Rule ARM-KNOWN."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import among
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_NO_ARMS = ("SCREEN FAILURE", "NOT ASSIGNED", "NOT TREATED", "UNPLANNED TREATMENT")
_NO_CODES = ("SCRNFAIL", "NOTASSGN", "NOTTRT", "UNPLAN")


@rule(
    "ARM-KNOWN",
    "An arm is one of the trial's, by code and by name.",
    mend="take the arm from TA; say in ARMNRS why a subject has none",
    datasets=("DM", "TA", "TV"),
    public=(
        "CORE-000047",
        "CORE-000115",
        "CORE-000119",
        "CORE-000120",
        "CORE-000155",
        "CORE-000156",
        "CORE-000208",
        "CORE-000209",
        "CORE-000210",
        "CORE-000371",
        "CG0512",
        "CG0514",
        "CG0516",
        "CG0518",
        "CG0521",
        "CG0522",
        "CG0570",
    ),
)
def arm_known(table: Table, folder: Folder) -> Iterator[Broken]:
    """ARMCD, ARM, ACTARMCD and ACTARM are in TA (SDTMIG 5.2, 7.2.1), each code with its name. The
    words of earlier guides for no arm (Screen Failure, SCRNFAIL) are no arms in 3.4."""
    ta = folder.get("TA")
    for code, name in (("ARMCD", "ARM"), ("ACTARMCD", "ACTARM")):
        for variable, own, old in ((code, "ARMCD", _NO_CODES), (name, "ARM", _NO_ARMS)):
            word = table.says(variable, old)
            yield Broken(variable, word, "is no arm; ARMNRS tells why there is none")
            if ta.has(own) and table is not ta:
                bad = table.filled(variable) & ~among(table, (variable,), ta, (own,)) & ~word
                yield Broken(variable, bad, "is no arm of the trial (TA)")
        if table.has(code, name):
            one = table.filled(code) & table.empty(name)
            yield Broken(name, one, "has no name", (code,))
            yield Broken(code, table.filled(name) & table.empty(code), "has no code", (name,))
