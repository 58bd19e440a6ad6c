"""What a check of a define is given, and how it tells what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from lxml import etree

from cdisc_hai.findings import Finding, Severity
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.define_check.document import Document


@dataclass(frozen=True)
class Case:
    """A define, the datasets beside it, and where datasets of other folders are found.

    ``elsewhere`` gives a dataset that is not in the folder by its name, or None. ``data`` holds
    texts ("" for missing) and numbers (NaN).
    """

    document: Document
    data: Mapping[str, XptDataset]
    folder: Path
    elsewhere: Callable[[str], pd.DataFrame | None]
    encoding: str

    def frame(self, name: str) -> pd.DataFrame | None:
        """A dataset of this folder or another."""
        found = self.data.get(name)
        return found.frame if found is not None else self.elsewhere(name)

    def tell(
        self,
        rule: str,
        element: etree._Element,
        message: str,
        *,
        dataset: str = "",
        variable: str = "",
        rows: tuple[int, ...] = (),
        severity: Severity = "error",
        mend: str = "build the define anew from the data and the specs",
    ) -> Finding:
        """A finding at an element of the define; ``rows`` are records, counted from 1."""
        return Finding(
            rule=f"DEFINE-{rule}",
            severity=severity,
            message=message,
            dataset=dataset,
            variable=variable,
            sources=(self.document.at(element),),
            rows=rows,
            mend=mend,
        )


Check = Callable[[Case], Iterator[Finding]]


def numbered(rows: pd.Series) -> tuple[int, ...]:
    """The numbers of the records that are true, from 1."""
    return tuple(int(place) + 1 for place in rows.to_numpy().nonzero()[0])


def some(values: list[str], most: int = 3) -> str:
    """A few values for a message."""
    shown = ", ".join(f"'{value}'" for value in values[:most])
    return shown if len(values) <= most else f"{shown} and {len(values) - most} more"
