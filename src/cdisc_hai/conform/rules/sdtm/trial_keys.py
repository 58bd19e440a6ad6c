"""Rule TRIAL-KEYS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import how_many
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_KEYS = {
    "TA": ("ARMCD", "TAETORD"),
    "TE": ("ETCD",),
    "TV": ("ARMCD", "VISITNUM"),
    "TI": ("TIVERS", "IETESTCD"),
}


@rule(
    "TRIAL-KEYS",
    "A record of the trial's design stands once.",
    mend="take the repeated record out, or correct its key",
    datasets=("TA", "TE", "TV", "TI"),
    public=(
        "CORE-000144",
        "CORE-000145",
        "CORE-000146",
        "CORE-000534",
        "CORE-000580",
        "CG0247",
        "CG0248",
        "CG0255",
        "CG0256",
        "CG0325",
    ),
)
def trial_keys(table: Table, folder: Folder) -> Iterator[Broken]:
    """TA has one element for an arm and order, TE one record of an element, TV one of a visit (and
    arm), TI one of a criterion (and version); TAETORD is a whole number (SDTMIG 7.2 to 7.4)."""
    keys = [name for name in _KEYS[table.prefix] if table.has(name)]
    if keys:
        same = table.group(*keys)
        bad = how_many(same.ge(0), same).gt(1)
        yield Broken(keys[-1], bad, "stands in more than one record", tuple(keys))
    order = table.number("TAETORD")
    yield Broken("TAETORD", order.notna() & order.ne(order.round()), "is no whole number")
