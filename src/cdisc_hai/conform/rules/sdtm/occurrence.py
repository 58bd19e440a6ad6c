"""Rule OCCURRENCE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "OCCURRENCE",
    "Whether something occurred is answered where it was asked, and only there.",
    mend="fill --OCCUR where --PRESP is Y, or write NOT DONE into --STAT",
    kinds=("EVENTS", "INTERVENTIONS"),
    needs=("--OCCUR",),
    public=(
        "CORE-000014",
        "CORE-000015",
        "CORE-000016",
        "CORE-000018",
        "CORE-000117",
        "CORE-000118",
        "CORE-000260",
        "CG0081",
        "CG0085",
        "CG0086",
        "CG0087",
        "CG0088",
        "CG0089",
    ),
)
def occurrence(table: Table, folder: Folder) -> Iterator[Broken]:
    """--PRESP is Y or empty. Where it is Y, --OCCUR is Y, N or U, or --STAT is NOT DONE; where it
    is empty, so is --OCCUR (SDTMIG 4.2.7.3)."""
    asked, told = table.is_in("--PRESP", ("Y",)), table.filled("--OCCUR")
    yield Broken("--PRESP", ~table.is_in("--PRESP", ("", "Y")), "is neither Y nor empty")
    quotes = ("--PRESP", "--OCCUR")
    yield Broken("--OCCUR", told & ~asked, "is answered, but was not asked", quotes)
    skipped = table.is_in("--STAT", ("NOT DONE",))
    yield Broken("--OCCUR", asked & ~told & ~skipped, "was asked, and not answered", quotes)
    yield Broken("--OCCUR", told & skipped, "is answered, and NOT DONE", (*quotes, "--STAT"))
