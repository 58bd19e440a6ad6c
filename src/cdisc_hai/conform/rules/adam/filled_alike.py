"""Rule ADAM-FILLED-ALIKE."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_ENOUGH = 50
# what tells something by being empty, or is known of some alone
_PASSED = re.compile(r"\w*(FL|FN|DTF|TMF|DTYPE|REAS|REASP|CHG|DT|DY|IND)|AVALC?|BASEC?")


@rule(
    "ADAM-FILLED-ALIKE",
    "What all records of a parameter but one tell, that one tells too.",
    mend="look whether the value was lost; nothing is wrong where there is none",
    severity="note",
    standard="adam",
)
def filled_alike(table: Table, folder: Folder) -> Iterator[Broken]:
    """Records of one parameter and, in a time-to-event dataset, of one way to end are of a kind; in
    other datasets all records are. A variable that all but one of at least 50 have is told where
    it is empty. Flags, reasons, dates, values and the variables of ADSL are not judged."""
    copied = () if table.kind == "ADSL" else folder.get("ADSL").columns
    kind = table.group(*(name for name in ("PARAMCD", "CNSR", "SRCDOM") if table.has(name)))
    enough = kind.groupby(kind).transform("size").ge(_ENOUGH)
    for name in table.columns:
        empty = table.empty(name)
        if name in copied or _PASSED.fullmatch(name) or not empty.any() or empty.all():
            continue
        few = empty.astype(int).groupby(kind).transform("sum").eq(1)
        quotes = tuple(n for n in ("PARAMCD",) if table.has(n))
        yield Broken(name, empty & enough & few, "is empty, and nowhere else", quotes)
