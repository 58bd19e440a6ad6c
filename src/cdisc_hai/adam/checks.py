"""The checks that an ADaM dataset's spec asks for, told by the records that fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from cdisc_hai.errors import DerivationError
from cdisc_hai.findings import Finding
from cdisc_hai.mapping.asked import findings_asked
from cdisc_hai.metadata import Dataset
from cdisc_hai.metadata.model import Check


def check_records(
    dataset: Dataset, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[Finding]:
    """Findings of every check of one dataset; their sources are records (``ADSL:5:DTHDT``)."""
    return list(findings_asked(dataset, frame, tables, sources=_records, error=DerivationError))


def _records(variable: str, _: Check, failed: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for ref in failed["@ref"]:
        yield (f"{ref}:{variable}" if variable else ref,)
