"""Rule LESION-LEFT-OUT."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cdisc_hai.conform.joins import shared_ids
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "LESION-LEFT-OUT",
    "A lesion of the baseline has a result at every visit at which another one has.",
    mend="enter the lesion, or say that it was not done",
    severity="warning",
    datasets=("TU",),
    needs=("USUBJID", "TULNKID", "TUSTRESC", "TR.TRLNKID", "TR.VISITNUM"),
)
def lesion_left_out(table: Table, folder: Folder) -> Iterator[Broken]:
    """Every target and non-target lesion has a record in TR at each visit after its identification
    at which the same evaluator tells of a target or non-target lesion (RECIST 1.1, 4.3). Subjects
    with a lesion that was split or merged are not judged."""
    tr = folder.get("TR")
    followed = table.is_in("TUSTRESC", _FOLLOWED) & table.filled("TULNKID") & ~_parted(table)
    lesion, results = shared_ids((table, (*_OF_TU, "TULNKID")), (tr, (*_OF_TR, "TRLNKID")))
    reader, reads = shared_ids((table, _OF_TU), (tr, _OF_TR))
    known = np.isin(results, lesion[followed.to_numpy(bool)]) & tr.filled("VISITNUM").to_numpy(bool)
    seen = pd.DataFrame({"lesion": results, "reader": reads, "visit": tr.number("VISITNUM")})[known]
    seen["last"] = tr.days("TRDTC")[1]
    visits = seen.groupby(["reader", "visit"], sort=False)["last"].max().reset_index()
    mine = pd.DataFrame({"row": table.frame.index, "lesion": lesion, "reader": reader})
    mine["from"] = table.days("TUDTC")[0]
    asked = mine[followed].merge(visits, on="reader")
    asked = asked[~asked["last"].le(asked["from"])]
    here = pd.MultiIndex.from_frame(asked[["lesion", "visit"]])
    lacks = asked[~here.isin(pd.MultiIndex.from_frame(seen[["lesion", "visit"]]))]
    first = lacks.groupby("row")["visit"].min().reindex(table.frame.index)
    quotes = ("TULNKID", "VISITNUM")
    says = "has no result at a visit at which others have"
    yield Broken("TULNKID", first.notna(), says, quotes, beside={"VISITNUM": _told(first)})


_FOLLOWED = ("TARGET", "NON-TARGET")
_OF_TU, _OF_TR = ("USUBJID", "TUEVAL", "TUEVALID"), ("USUBJID", "TREVAL", "TREVALID")


def _parted(table: Table) -> pd.Series:
    """Records of subjects with a lesion that was split or merged."""
    parted = table.is_in("TUTESTCD", ("TUSPLIT", "TUMERGE"))
    subjects = table.text("USUBJID")
    return subjects.isin(subjects[parted])


def _told(numbers: pd.Series) -> pd.Series:
    return numbers.map(lambda number: "" if np.isnan(number) else f"{number:g}").astype(object)
