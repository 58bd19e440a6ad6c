"""Rule DATE-ORDER."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.moments import surely_before
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_PAIRS = (
    ("--STDTC", "--ENDTC"),
    ("--DTC", "--ENDTC"),
    ("RFSTDTC", "RFENDTC"),
    ("RFXSTDTC", "RFXENDTC"),
    ("RFICDTC", "RFSTDTC"),
    ("RFICDTC", "RFXSTDTC"),
    ("RFICDTC", "RFPENDTC"),
    ("RFENDTC", "RFPENDTC"),
    ("BRTHDTC", "RFICDTC"),
    ("BRTHDTC", "DMDTC"),
    ("RFXSTDTC", "DTHDTC"),
    ("RFICDTC", "DTHDTC"),
)


@rule(
    "DATE-ORDER",
    "A start is not after its end.",
    mend="correct the date that is wrong where it was collected",
    public=("SD0012", "SD0013", "CORE-000658", "CORE-000713", "FB3411", "FB3412"),
)
def date_order(table: Table, folder: Folder) -> Iterator[Broken]:
    """--STDTC before or on --ENDTC, and the reference dates of DM in their order: birth, consent,
    first and last exposure, end of participation. What the unknown parts of a date leave open is
    not told."""
    for start, end in _PAIRS:
        if table.has(start, end) and not (start == "--DTC" and table.kind != "FINDINGS"):
            bad = surely_before(table.text(end), table.text(start))
            yield Broken(end, bad, f"is before {table.variable(start)}", (start, end))
