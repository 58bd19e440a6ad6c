"""Rule SUBJECT-PARTS."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "SUBJECT-PARTS",
    "A subject's identifiers are built as those of the others.",
    mend="correct STUDYID, SITEID, SUBJID or USUBJID",
    severity="warning",
    datasets=("DM",),
    needs=("USUBJID",),
)
def subject_parts(table: Table, folder: Folder) -> Iterator[Broken]:
    """Where USUBJID of most subjects begins with STUDYID, ends with SUBJID, or holds SITEID, that
    of every subject does (SDTMIG 4.1.2 leaves the form to the sponsor, who keeps to one)."""
    subject = table.text("USUBJID")
    for name, how in (("STUDYID", str.startswith), ("SUBJID", str.endswith), ("SITEID", _within)):
        known = table.filled(name) & table.filled("USUBJID")
        fits = known & pd.Series(
            [how(a, b) for a, b in zip(subject, table.text(name), strict=True)],
            index=subject.index,
            dtype=bool,
        )
        if fits.sum() > _MOST * known.sum():
            says = f"{name} and USUBJID do not go together as in the other records"
            yield Broken(name, known & ~fits, says, (name, "USUBJID"))


def _within(one: str, other: str) -> bool:
    return other in one


_MOST = 0.9
