"""Collected dates and times as ISO 8601 (SDTMIG 4.4.1, 4.4.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdisc_hai.mapping.result import Mapped, Problem, told
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.dates import IMPOSSIBLE, NO_YEAR, read_dates, read_time
from cdisc_hai.metadata.frames import each_text
from cdisc_hai.registry import Param, operation

MEND = "correct the date in the EDC system"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@operation(
    "iso8601",
    "collected",
    stage="row",
    sentence="{column}[ with the time {time}] in ISO 8601, without its unknown parts.",
    column=Param("column"),
    time=Param("column", required=False),
    formats=Param("[text]", required=False, study="raw.date_formats"),
    unknown=Param("[text]", required=False, study="raw.unknown_parts"),
    time_formats=Param("[text]", required=False, study="raw.time_formats"),
)
def iso8601(
    rows: pd.DataFrame,
    *,
    column: str,
    formats: Sequence[str],
    unknown: Sequence[str],
    time: str | None = None,
    time_formats: Sequence[str] = (),
) -> Mapped:
    """Collected date (and time) to ISO 8601; what is no date is left empty with a finding.

    ``time`` is a column of its own: it is put behind complete dates that have no time yet; one
    that is none is left away with a finding.
    """
    iso, wrong = read_dates(rows[column], formats=formats, unknown=unknown)
    problems = [
        Problem(rule, "error", bad, told(bad, "'", rows[column], f"' {says}; left empty"), mend)
        for rule, bad, says, mend in (
            ("MAP-IMPOSSIBLE-DATE", wrong.eq(IMPOSSIBLE), "is no possible date", MEND),
            ("MAP-DATE-WITHOUT-YEAR", wrong.eq(NO_YEAR), "has no year", MEND),
            (
                "MAP-UNREADABLE-DATE",
                wrong.ne("") & ~wrong.isin([IMPOSSIBLE, NO_YEAR]),
                f"is none of the formats {', '.join(formats)}",
                MEND + ", or add its format to 'date_formats' in raw.yaml",
            ),
        )
    ]
    if time is not None and len(rows):
        clock, bad = _times(rows[time], time_formats, unknown)
        full = each_text(iso, lambda text: bool(_DAY.fullmatch(text))).astype(bool) & clock.ne("")
        iso = iso.where(~full, iso + "T" + clock)
        says = f"' is no time as {', '.join(time_formats)}; left away"
        mend = "correct the time in the EDC system, or add its format to 'time_formats' in raw.yaml"
        problems.append(
            Problem("MAP-UNREADABLE-TIME", "error", bad, told(bad, "'", rows[time], says), mend)
        )
    return Mapped(iso.astype(object), tuple(problems))


def _times(
    values: pd.Series, formats: Sequence[str], unknown: Sequence[str]
) -> tuple[pd.Series, pd.Series]:
    codes, distinct = pd.factorize(texts(values), use_na_sentinel=False)
    read = [read_time(str(text), tuple(formats), tuple(unknown)) for text in distinct]
    clock = np.array([r[0] for r in read], dtype=object)[codes]
    wrong = np.array([bool(r[1]) for r in read])[codes]
    return pd.Series(clock, index=values.index), pd.Series(wrong, index=values.index)
