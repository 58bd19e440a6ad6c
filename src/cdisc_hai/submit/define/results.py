"""Analysis results metadata (ARM 1.0): displays, what they select, and how they are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cdisc_hai.metadata.define_model import Display, Result, Selection
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.define.draft import Draft, references
from cdisc_hai.submit.define.measure import plain_number
from cdisc_hai.submit.define.model import (
    AnalysisDataset,
    AnalysisResult,
    RangeCheck,
    ResultDisplay,
)

PARAMETER = "PARAMCD"


def displays(
    draft: Draft, written: Mapping[str, XptDataset]
) -> tuple[tuple[ResultDisplay, ...], tuple[str, ...]]:
    """The displays with the results that have records, and the titles of the other results."""
    found, left_out = [], []
    for number, display in enumerate(draft.study.define.displays, start=1):
        results = []
        for place, result in enumerate(display.results, start=1):
            if all(_has_records(selection, written) for selection in result.selections):
                results.append(_result(draft, result, f"{number}.{place}"))
            else:
                left_out.append(f"{display.name}: {result.title}")
        if results:
            found.append(_display(draft, display, number, tuple(results)))
    return tuple(found), tuple(left_out)


def _has_records(selection: Selection, written: Mapping[str, XptDataset]) -> bool:
    data = written.get(selection.dataset)
    if data is None or not {*selection.where, *selection.variables} <= set(data.frame.columns):
        return False
    found = pd.Series(True, index=data.frame.index)
    for name, wanted in selection.where.items():
        found &= data.frame[name].astype(object).map(_text).isin(_wanted(wanted))
    return bool(found.any())


def _display(
    draft: Draft, display: Display, number: int, results: tuple[AnalysisResult, ...]
) -> ResultDisplay:
    documents = references(display.documents, draft.leaves)
    return ResultDisplay(f"RD.{number}", display.name, display.title, documents, results)


def _result(draft: Draft, result: Result, number: str) -> AnalysisResult:
    datasets = tuple(
        _dataset(draft, selection, f"WC.AR.{number}.{place}")
        for place, selection in enumerate(result.selections, start=1)
    )
    owner = next((s.dataset for s in result.selections if PARAMETER in s.where), "")
    return AnalysisResult(
        oid=f"AR.{number}",
        title=result.title,
        parameter=f"IT.{owner}.{PARAMETER}" if owner else "",
        reason=result.reason,
        purpose=result.purpose,
        datasets=datasets,
        documentation=result.documentation,
        documents=references(result.documents, draft.leaves),
        context=result.context,
        code=result.code,
    )


def _dataset(draft: Draft, selection: Selection, oid: str) -> AnalysisDataset:
    checks = tuple(
        RangeCheck(f"IT.{selection.dataset}.{name}", "IN" if len(values) > 1 else "EQ", values)
        for name, wanted in selection.where.items()
        if (values := _wanted(wanted))
    )
    return AnalysisDataset(
        f"IG.{selection.dataset}",
        draft.clause(oid, checks) if checks else "",
        tuple(f"IT.{selection.dataset}.{name}" for name in selection.variables),
    )


def _wanted(wanted: Any) -> tuple[str, ...]:
    return tuple(map(_text, wanted if isinstance(wanted, list) else [wanted]))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or pd.isna(value) else plain_number(value)
