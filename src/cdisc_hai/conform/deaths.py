"""Which records of a dataset tell that their subject died."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cdisc_hai.conform.table import Table

_TELLERS = {
    "DS": (("DSDECOD", ("DEATH",)),),
    "SS": (("SSSTRESC", ("DEAD",)),),
    "AE": (("AEOUT", ("FATAL",)), ("AESDTH", ("Y",))),
    "CE": (("CETERM", ("DEATH",)), ("CEDECOD", ("DEATH",))),
}


def tellers(table: Table) -> Iterator[tuple[str, pd.Series]]:
    """Each variable that can tell a death, with the records that do; every record of DD does."""
    if table.prefix == "DD":
        yield "DDTESTCD", table.filled("USUBJID")
    for name, words in _TELLERS.get(table.prefix, ()):
        if table.has(name):
            yield name, table.says(name, words)
