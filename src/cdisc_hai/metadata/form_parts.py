"""What raw.yaml asks of the answers of a form, and of every date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.check_parts import named_faults
from cdisc_hai.metadata.model import Answers, Steady
from cdisc_hai.metadata.shapes import Reader


def read_answers(form: Reader, faults: list[Fault]) -> tuple[Answers, ...]:
    """The entries of ``answers`` of a form."""
    found = []
    for entry in form.entries("answers"):
        item = Reader(entry, "'answers'", faults)
        faults.extend(_condition_faults(item, "where"))
        faults.extend(_condition_faults(item, "must"))
        one = Answers(
            where=dict(item.plain("where", {}, "map")),
            present=item.texts("present"),
            absent=item.texts("absent"),
            must=dict(item.plain("must", {}, "map")),
            message=item.text("message"),
            at=entry.at,
        )
        item.done()
        if not (one.present or one.absent or one.must):
            faults.append(entry.fault("'answers' needs 'present', 'absent' or 'must'"))
        found.append(one)
    return tuple(found)


def _condition_faults(item: Reader, key: str) -> Iterator[Fault]:
    """Words that no condition has; the columns of a form are known when it is read."""
    condition = item.get(key, "map")
    if condition:
        yield from named_faults(condition.value, ())


def read_steady(form: Reader, faults: list[Fault]) -> tuple[Steady, ...]:
    """The entries of ``steady`` of a form."""
    found = []
    for entry in form.entries("steady"):
        item = Reader(entry, "'steady'", faults)
        by, columns = item.texts("by", required=True), item.texts("columns", required=True)
        faults.extend(_condition_faults(item, "where"))
        found.append(Steady(by, columns, dict(item.plain("where", {}, "map")), entry.at))
        item.done()
    return tuple(found)


def read_earliest(top: Reader, faults: list[Fault]) -> str:
    """The key ``earliest_date``: a complete date."""
    text = top.text("earliest_date")
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        spot = top.spot.value["earliest_date"]
        faults.append(spot.fault(f"'earliest_date' is to be a date as 1900-01-01, not '{text}'"))
        return ""
