"""Rule TRIAL-SUMMARY."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cdisc_hai.conform.iso8601 import is_duration, is_moment
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table

_WHOLE = re.compile(r"[1-9]\d*")
_SHARE = re.compile(r"0(\.\d+)?|1(\.0+)?")


def _yes_no(text: str) -> bool:
    return text in ("Y", "N")


def _whole(text: str) -> bool:
    return bool(_WHOLE.fullmatch(text))


def _share(text: str) -> bool:
    return bool(_SHARE.fullmatch(text))


_FORMS: dict[str, tuple[Callable[[str], bool], tuple[str, ...]]] = {
    "neither Y nor N": (
        _yes_no,
        ("ADDON", "ADAPT", "RANDOM", "HLTSUBJI", "EXTTIND", "PDSTIND", "PDPSTIND", "PIPIND",
         "RDIND", "SDTIGIND", "ONGOSIND"),
    ),
    "no whole number above 0": (_whole, ("ACTSUB", "PLANSUB", "NARMS", "NCOHORT")),
    "no number from 0 to 1": (_share, ("RANDQT",)),
    "no duration as ISO 8601": (
        is_duration,
        ("AGEMIN", "AGEMAX", "LENGTH", "TRGFUDUR", "SDMDUR", "CRMDUR"),
    ),
    "no date as ISO 8601": (is_moment, ("SSTDTC", "SENDTC", "DCUTDTC")),
}  # fmt: skip


@rule(
    "TRIAL-SUMMARY",
    "A parameter of the trial summary has a value of its kind, or says why it has none.",
    mend="write the value in the parameter's form, or a null flavour into TSVALNF",
    datasets=("TS",),
    needs=("TSPARMCD", "TSVAL"),
    public=(
        "CORE-000041",
        "CORE-000149",
        "CORE-000150",
        "CORE-000151",
        "CORE-000153",
        "CORE-000294",
        "CORE-000335",
        "CORE-000338",
        "CORE-000340",
        "CORE-000372",
        "CORE-000373",
        "CORE-000504",
        "CORE-000505",
        "CORE-000506",
        "CORE-000563",
        "CORE-000582",
        "CORE-000587",
        "CORE-000730",
        "CORE-000731",
        "CORE-000787",
        "CG0259",
        "CG0260",
        "CG0261",
        "CG0266",
        "CG0270",
        "CG0280",
        "SD1115",
    ),
)
def summary_values(table: Table, folder: Folder) -> Iterator[Broken]:
    """TSVAL or TSVALNF is filled, and not both; values that are durations, dates, numbers or Y and
    N are written so (SDTMIG 7.4). A code has its dictionary and a version needs one."""
    value, null = table.filled("TSVAL"), table.filled("TSVALNF")
    yield Broken("TSVAL", ~value & ~null, "has neither a value nor a reason", ("TSPARMCD",))
    yield Broken("TSVALNF", value & null, "stands beside a value", ("TSPARMCD", "TSVAL", "TSVALNF"))
    for says, (fine, codes) in _FORMS.items():
        bad = table.is_in("TSPARMCD", codes) & value & ~table.each("TSVAL", fine)
        yield Broken("TSVAL", bad, f"is {says}", ("TSPARMCD", "TSVAL"))
    word = table.says("TSVAL", ("NA", "N/A", "UNK", "UNKNOWN", "NOT APPLICABLE", "NULL"))
    yield Broken(
        "TSVAL", word, "is no value; TSVALNF says why there is none", ("TSPARMCD", "TSVAL")
    )
    for code, source in (("TSVALCD", "TSVCDREF"), ("TSVCDVER", "TSVCDREF")):
        bad = table.filled(code) & table.empty(source)
        yield Broken(source, bad, "does not tell the dictionary", ("TSPARMCD", code))
