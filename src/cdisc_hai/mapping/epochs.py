"""The epoch in which a date falls, found among the subject's elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cdisc_hai.mapping.result import Mapped
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.dates import complete_day, day_bounds, iso_of_days
from cdisc_hai.registry import Param, operation

Tables = Mapping[str, pd.DataFrame]
SUBJECT = "USUBJID"


@operation(
    "epoch",
    stage="whole",
    sentence=(
        "{epoch} of the element that {variable} falls in: from {starts} to before {ends}"
        "[, the day on which the last one ends {last_day}]."
    ),
    variable=Param("variable"),
    starts=Param("source"),
    ends=Param("source"),
    epoch=Param("source"),
    last_day=Param("text", required=False, choices=("included",)),
)
def epoch(
    frame: pd.DataFrame,
    tables: Tables,
    *,
    variable: str,
    starts: str,
    ends: str,
    epoch: str,
    last_day: str = "",
) -> Mapped:
    """EPOCH: start of the element <= date < its end, compared as ISO 8601 text; a partial date
    has one only where its first and its last possible day fall in the same element. With
    ``last_day`` the whole day on which a subject's last element ends belongs to it."""
    elements = tables[starts.split(".", maxsplit=1)[0]]
    elements = elements[elements[starts.split(".")[1]].ne("")]
    names = [name.split(".")[1] for name in (starts, ends, epoch)]
    first, last = _text_bounds(frame[variable])
    low = _element(frame[SUBJECT], first, elements, names, whole_end=bool(last_day))
    if last is first:
        return Mapped(low)
    high = _element(frame[SUBJECT], last, elements, names, whole_end=bool(last_day))
    return Mapped(low.where(low.eq(high), ""))


def _text_bounds(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """First and last ISO text that a date may mean; a complete one is itself."""
    partial = present(values) & complete_day(values).isna()
    if not partial.any():
        return values, values
    first, last = day_bounds(values)
    return values.where(~partial, iso_of_days(first)), values.where(~partial, iso_of_days(last))


def _element(
    subject: pd.Series,
    dates: pd.Series,
    elements: pd.DataFrame,
    names: Sequence[str],
    *,
    whole_end: bool,
) -> pd.Series:
    start, end, value = names
    ordered = elements[[SUBJECT, *names]].sort_values([SUBJECT, start])
    if whole_end:
        last = ~ordered.duplicated(SUBJECT, keep="last") & ordered[end].ne("")
        ordered = ordered.assign(**{end: ordered[end].mask(last, ordered[end].str[:10] + "T~")})
    rank = ordered.groupby(SUBJECT).cumcount()
    subjects, known = pd.factorize(subject)
    # texts compared as their places among all of them, in order; an empty one is the first
    moments = [texts(ordered[start]), texts(ordered[end]), texts(dates)]
    places = np.sort(pd.unique(pd.concat([*moments, pd.Series([""], dtype=object)])))
    day = pd.Index(places).get_indexer(moments[2])
    found = np.full(len(dates), "", dtype=object)
    for _, group in ordered.groupby(rank):
        table = group.set_index(SUBJECT).reindex(known)
        begins, stops = (
            np.append(pd.Index(places).get_indexer(texts(table[name])), 0)[subjects]
            for name in (start, end)
        )
        inside = (day > 0) & (begins > 0) & (begins <= day) & ((stops == 0) | (day < stops))
        found[inside] = np.append(table[value].to_numpy(dtype=object), "")[subjects[inside]]
    return pd.Series(found, index=dates.index, dtype=object)
