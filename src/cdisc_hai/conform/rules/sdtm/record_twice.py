"""Rule RECORD-TWICE."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_OWN = ("SEQ", "SPID", "REFID", "RECID")


@rule(
    "RECORD-TWICE",
    "No record says again what another says.",
    mend="take the repeated record out, or say what tells it apart",
    severity="warning",
    public=("SD1117", "SD1201"),
    kinds=("FINDINGS", "EVENTS", "INTERVENTIONS"),
)
def record_twice(table: Table, folder: Folder) -> Iterator[Broken]:
    """Two records of a subject that differ in nothing but --SEQ and identifiers of the sponsor are
    duplicates (SDTMIG 3.2.1)."""
    own = [table.variable(f"--{part}") for part in _OWN]
    same = table.group(*(name for name in table.columns if name not in own))
    bad = how_many(same.ge(0), same).gt(1)
    topic = ("--TESTCD", "--TERM", "--TRT")
    topics = tuple(name for name in topic if table.has(name))[:1]
    yield Broken("", bad, "is a record that stands more than once", ("USUBJID", *topics))
