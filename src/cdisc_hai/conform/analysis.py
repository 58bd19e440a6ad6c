"""What rules of analysis datasets ask for: variables by pattern, copies, baselines, differences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import beside
from cdisc_hai.conform.rule import Broken
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.guide import GuideVariable, adam_guide

POPULATIONS = ("FASFL", "SAFFL", "ITTFL", "PPROTFL", "COMPLFL", "RANDFL", "ENRLFL")
"""Subject-level population flags of ADaMIG."""

DAY_PAIRS = (("ADY", "ADT"), ("ASTDY", "ASTDT"), ("AENDY", "AENDT"))
"""Analysis days and the dates that they are counted from."""

_SUBJECT_LEVEL, _BASIC = "Subject-Level Analysis Dataset", "Basic Data Structure"


def matching(table: Table, pattern: str) -> list[str]:
    """The variables whose whole names fit a pattern, in order."""
    fits = re.compile(pattern)
    return [name for name in table.columns if fits.fullmatch(name)]


def coded_pairs(table: Table) -> list[tuple[str, str]]:
    """Texts with the variable that holds their numeric code: ``SEX`` and ``SEXN``."""
    return [
        (name, f"{name}N")
        for name in table.columns
        if not table.numeric(name) and table.numeric(f"{name}N")
    ]


def copied(table: Table, other: Table, by: tuple[str, ...]) -> Iterator[Broken]:
    """Records whose value differs from that of the same variable in the other dataset's record."""
    twin = beside(table, other, by)
    for name in table.columns:
        if name in (*by, "DOMAIN") or not other.has(name):
            continue
        if table.numeric(name) != other.numeric(name):
            continue  # of another type; told elsewhere
        if table.numeric(name):
            bad = differ(table.number(name), twin.number(name), gaps=True)
        else:
            bad = table.text(name).ne(twin.text(name))
        yield Broken(name, twin.found & bad, f"is not what {other.name} has")


def differ(
    told: pd.Series, right: pd.Series, tolerance: float = 1e-6, *, gaps: bool = False
) -> pd.Series:
    """Records whose number is another; with ``gaps`` also where only one of the two is there."""
    close = (told - right).abs() <= tolerance * np.maximum(1.0, right.abs())
    both = told.notna() & right.notna()
    return (both & ~close) | ((told.notna() != right.notna()) & gaps)


def baseline_group(table: Table) -> pd.Series:
    """A number for the records that share a baseline: subject, parameter, kind of baseline."""
    return table.group("USUBJID", "PARAMCD", "BASETYPE")


def unlike_baseline(table: Table, value: str, base: str) -> tuple[pd.Series, pd.Series]:
    """Records whose filled baseline is not that of their flagged record, and the right value.

    Groups without a flagged record, or with several, are not judged.
    """
    group, on = baseline_group(table), table.is_in("ABLFL", ("Y",))
    on &= on.astype(int).groupby(group).transform("sum").eq(1)
    if table.numeric(value):
        source, told = table.number(value), table.number(base)
    else:
        source, told = table.text(value), table.text(base)
    right = group.map(pd.Series(source[on].to_numpy(), index=group[on]))
    judged = group.isin(group[on]) & table.filled(base)
    if table.numeric(value):
        return judged & differ(told, right.astype(float), gaps=True), right
    return judged & told.ne(right.astype(object).where(right.notna(), "")), right


def known_in(other: Table, variable: str, folder: Folder) -> bool:
    """Whether a dataset has a variable, or a qualifier of that name beside it."""
    supp = folder.get(f"SUPP{other.name}")
    return not variable or other.has(variable) or variable in supp.distinct("QNAM")


def guided(table: Table, name: str) -> GuideVariable | None:
    """A variable of ADaMIG by the structure of its dataset."""
    guide = adam_guide()
    klass = _SUBJECT_LEVEL if table.kind == "ADSL" else _BASIC
    return guide.variable(klass, name) if guide and table.kind else None
