"""Dates that cannot be: long before anybody lived, or of days that had not come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Form, RawSpec
from cdisc_hai.metadata.dates import day_bounds, day_of_iso, iso_of_day, read_dates

TOLERANCE = 1
"""Days by which a record may be dated after it was saved: clocks stand in several time zones."""


def last_plausible_day(frames: Mapping[str, pd.DataFrame], raw: RawSpec, cutoff: str) -> float:
    """The last day that a date may have: so many after the last saving of a record or the
    cut-off, whichever is later; NaN where raw.yaml does not say how many."""
    if raw.days_ahead is None:
        return np.nan
    saved = [_days(f["@updated"], raw)[1].max() for f in frames.values() if "@updated" in f.columns]
    latest = pd.Series([*saved, day_of_iso(cutoff) if cutoff else np.nan], dtype=float).max()
    return float(latest + raw.days_ahead)


def date_findings(
    frame: pd.DataFrame, form: Form, columns: Sequence[str], raw: RawSpec, last: float
) -> Iterator[Finding]:
    """Findings on the dates in these columns of a form's records."""
    early = day_of_iso(raw.earliest_date) if raw.earliest_date else -np.inf
    saved = _days(frame["@updated"], raw)[1] if "@updated" in frame.columns else None
    for column in (c for c in columns if c in frame.columns):
        low, high = _days(frame[column], raw)
        old, late = high < early, low > last
        tell = _Teller(frame, form, column)
        yield from tell.of(old, "RAW-DATE-TOO-EARLY", f"lies before {raw.earliest_date}")
        if late.any():
            yield from tell.of(late, "RAW-DATE-TOO-LATE", f"lies after {iso_of_day(last)}")
        if saved is not None and column in form.dates:
            ahead = (low > saved + TOLERANCE) & ~late
            yield from tell.of(
                ahead, "RAW-DATE-AFTER-SAVING", "lies after the day on which the record was saved"
            )


def _days(values: pd.Series, raw: RawSpec) -> tuple[pd.Series, pd.Series]:
    iso, _ = read_dates(values, formats=raw.date_formats, unknown=raw.unknown_parts)
    return day_bounds(iso)


class _Teller:
    """Makes the findings of one column."""

    def __init__(self, frame: pd.DataFrame, form: Form, column: str) -> None:
        self.frame, self.form, self.column = frame, form, column

    def of(self, rows: pd.Series, rule: str, words: str) -> Iterator[Finding]:
        """One finding for each of the rows."""
        bad = self.frame[rows]
        for value, source in zip(bad[self.column], bad["@src"], strict=True):
            yield Finding(
                rule=rule,
                severity="warning",
                message=f"'{value}' in {self.column} {words}; kept as collected",
                variable=self.column,
                sources=(source,),
                spec=self.form.at,
                mend="correct the date, its year above all, in the EDC system",
            )
