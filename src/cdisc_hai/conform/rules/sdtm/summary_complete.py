"""Rule TRIAL-PARAMETERS."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_REQUIRED = (
    "ADDON", "AGEMAX", "AGEMIN", "LENGTH", "PLANSUB", "RANDOM", "SEXPOP", "STOPRULE", "TBLIND",
    "TCNTRL", "TDIGRP", "TINDTP", "TITLE", "TPHASE", "TTYPE", "SSTDTC", "SENDTC", "SPONSOR",
    "HLTSUBJI", "STYPE", "ADAPT", "NARMS", "OBJPRIM", "OUTMSPRI", "REGID", "FCNTRY", "ACTSUB",
    "DCUTDTC", "DCUTDESC",
)  # fmt: skip
_INTERVENTIONAL = ("TRT", "INTTYPE", "INTMODEL", "INDIC", "PCLAS")


@rule(
    "TRIAL-PARAMETERS",
    "The trial summary has every parameter that the guide asks for.",
    mend="add the parameter to TS; a null flavour says why it has no value",
    datasets=("TS",),
    needs=("TSPARMCD",),
    public=(
        "CORE-000468",
        "CORE-000469",
        "CORE-000470",
        "CORE-000733",
        "CORE-000740",
        "CORE-000741",
        "CG0276",
        "CG0277",
        "CG0278",
        "CG0281",
        "CG0287",
        "FB1111",
        "SD1115",
    ),
)
def summary_complete(table: Table, folder: Folder) -> Iterator[Broken]:
    """TS holds the parameters of SDTMIG appendix C1 that every trial has; an interventional one
    also its treatment, the kind and model of intervention, the indication and the class."""
    there = set(table.distinct("TSPARMCD"))
    kind = table.is_in("TSPARMCD", ("STYPE",)) & table.is_in("TSVAL", ("INTERVENTIONAL",))
    wanted = _REQUIRED + (_INTERVENTIONAL if kind.any() else ())
    lacking = sorted(set(wanted) - there)
    if lacking:
        yield Broken("TSPARMCD", None, f"has no record for {', '.join(lacking)}", ())
