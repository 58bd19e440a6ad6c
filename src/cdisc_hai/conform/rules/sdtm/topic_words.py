"""Rule TOPIC-WORDS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_TOPICS = ("--TESTCD", "--TERM", "--TRT", "--DECOD")


@rule(
    "TOPIC-WORDS",
    "A record is about one thing that has a name.",
    mend="write what it was; make one record of each of several",
    kinds=("FINDINGS", "EVENTS", "INTERVENTIONS"),
    public=(
        "CORE-000159",
        "CORE-000160",
        "CORE-000161",
        "CORE-000162",
        "CORE-000163",
        "CORE-000164",
        "CG0341",
        "CG0342",
        "CG0343",
        "CG0344",
        "CG0345",
        "CG0346",
    ),
)
def topic_words(table: Table, folder: Folder) -> Iterator[Broken]:
    """--TESTCD, --TERM, --TRT and --DECOD are not OTHER, MULTIPLE, UNKNOWN or NONE
    (SDTMIG 4.2.7); a disposition may be OTHER, which is a term of its list."""
    for name in _TOPICS:
        if not (table.prefix == "DS" and name == "--DECOD"):
            bad = table.says(name, ("OTHER", "MULTIPLE", "NONE", "N/A"))
            yield Broken(name, bad, "names nothing")
