"""Rule EVALUATOR."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.conform.joins import most_common
from cdisc_hai.conform.rule import Broken, rule
from cdisc_hai.conform.table import Folder, Table


@rule(
    "EVALUATOR",
    "Who evaluated stands where another says which evaluator, and throughout.",
    mend="write --EVAL",
    kinds=("FINDINGS",),
    needs=("--EVAL", "--TESTCD"),
    public=("CORE-000031", "CORE-000032", "CG0659", "CG0660"),
)
def evaluator(table: Table, folder: Folder) -> Iterator[Broken]:
    """--EVALID needs --EVAL, --ACPTFL stands where there are several evaluators, and a clinical
    classification has none (SDTMIG 4.5.5, 6.3.13). A test whose results nearly all tell --EVAL
    tells it in all."""
    told = table.filled("--EVAL")
    bad = table.filled("--EVALID") & ~told
    yield Broken("--EVAL", bad, "is missing", ("--EVALID",))
    classified = table.is_in("RSCAT", ("CLINICAL CLASSIFICATION",)) & told
    yield Broken("--EVAL", classified, "stands in a clinical classification", ("RSCAT", "--EVAL"))
    judged = table.filled("--STRESC") | table.is_in("--STAT", ("NOT DONE",))
    share = told.astype(float).groupby(table.group("--TESTCD")).transform("mean")
    yield Broken("--EVAL", judged & ~told & share.gt(_MOST), "does not say who", ("--TESTCD",))
    usual = told & ~table.is_in("--EVAL", (most_common(table, "--EVAL"),))
    if 0 < usual.sum() <= (1 - _MOST) * told.sum():
        yield Broken(
            "--EVAL", usual, "is another evaluator than the others", ("--TESTCD", "--EVAL")
        )


_MOST = 0.98
