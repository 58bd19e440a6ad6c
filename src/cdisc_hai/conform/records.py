"""The contracts of a dataset's records together: keys and sequence numbers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from cdisc_hai.conform.contract import Contract
from cdisc_hai.metadata import Dataset

SUBJECT = "USUBJID"


def record_contracts(dataset: Dataset) -> tuple[Contract, ...]:
    """Unique keys, and --SEQ (ASEQ in ADaM) unique within the subject (SDTMIG 4.1.5)."""
    found = [_unique("CONTRACT-KEY", "", dataset.keys, droppable(dataset))] if dataset.keys else []
    sequence = f"{dataset.name}SEQ" if dataset.standard == "sdtm" else "ASEQ"
    if dataset.variable(sequence) and dataset.variable(SUBJECT):
        found.append(_unique("CONTRACT-SEQ", sequence, (SUBJECT, sequence), frozenset()))
    return tuple(found)


def droppable(dataset: Dataset) -> frozenset[str]:
    """Permissible SDTM variables, which are not written when they are empty throughout."""
    if dataset.standard != "sdtm":
        return frozenset()
    return frozenset(v.name for v in dataset.submitted if v.core == "Perm")


def _unique(rule: str, variable: str, columns: tuple[str, ...], dropped: Iterable[str]) -> Contract:
    may_lack = set(dropped)

    def fine(frame: pd.DataFrame) -> pd.Series:
        there = [name for name in columns if name in frame.columns]
        lacking = set(columns) - set(there) - may_lack
        if lacking or not there:  # records cannot be told apart; the column's absence is told
            return pd.Series(True, index=frame.index)
        return ~frame.duplicated(there, keep=False)

    return Contract(
        rule,
        variable,
        fine,
        "stands in more than one record",
        "take the repeated record out, or add a variable to the keys that tells them apart"
        if rule == "CONTRACT-KEY"
        else "number the records of each subject anew",
        columns,
    )
