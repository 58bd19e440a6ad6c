"""Records of two domains that one link joins and that should say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken
from cdisc_hai.conform.table import Table

_AGREE = 0.9
"""Variables are held against one another where so large a part of the pairs agree."""
SUBJECT = "USUBJID"


def differences(
    table: Table, other: Table, variables: Sequence[str], by: Sequence[str]
) -> Iterator[Broken]:
    """Records whose value differs from that of the other domain's record with the same link.

    ``variables`` are names without the domain's letters; ``by`` are names with ``--``.
    """
    theirs = [name.replace("--", other.prefix) for name in by]
    twin = beside(table, other, (SUBJECT, *by), (SUBJECT, *theirs))
    linked = twin.found & table.filled(by[0])
    for variable in variables:
        mine, its = f"--{variable}", f"{other.prefix}{variable}"
        if not (table.has(mine) and other.has(its)):
            continue
        if table.numeric(mine):
            one, same = table.number(mine), twin.number(its)
            bad = linked & ~np.isclose(one, same, equal_nan=True)
        else:
            one, same = table.text(mine), twin.text(its)
            bad = linked & one.ne(same)
        if bad.sum() <= (1 - _AGREE) * linked.sum():
            says = f"is not what {other.name} has for the same link"
            yield Broken(mine, bad, says, (mine, its), beside={its: same})
