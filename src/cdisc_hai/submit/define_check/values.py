"""Values against an item: type, length, decimals, codelist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.submit.define.measure import fits_type, plain_number
from cdisc_hai.submit.define_check.case import Case, some
from cdisc_hai.submit.define_check.document import CODELIST, DEF, ODM

TIMES = ("date", "datetime", "partialDate", "partialDatetime", "incompleteDatetime")
TEXTS = ("text", "durationDatetime", *TIMES)


def item_values(
    case: Case,
    item: etree._Element,
    values: pd.Series,
    *,
    dataset: str,
    variable: str,
    where: str = "",
) -> Iterator[Finding]:
    """The values of a variable, or (``where``) those of some records, are as the item says.

    ``values`` keep the index of the dataset's records.
    """
    kind = item.get("DataType", "")
    numeric = pd.api.types.is_numeric_dtype(values)
    said = f" where {where}" if where else ""

    def tell(rule: str, message: str, bad: pd.Series | None = None) -> Finding:
        rows = () if bad is None else tuple(int(i) + 1 for i in bad.index[bad.to_numpy()])
        return case.tell(
            rule, item, f"{message}{said}", dataset=dataset, variable=variable, rows=rows
        )

    if numeric != (kind in ("integer", "float")):
        holds = "numbers" if numeric else "texts"
        yield tell("TYPE", f"is of type '{kind}', the file holds {holds}")
        return
    if numeric:
        yield from _numbers(item, kind, values, tell)
    else:
        yield from _texts(case, item, kind, values, tell)
    yield from _terms(case, item, kind, values, tell)


_Tell = Callable[..., Finding]


def _numbers(item: etree._Element, kind: str, values: pd.Series, tell: _Tell) -> Iterator[Finding]:
    distinct = {v: plain_number(v) for v in values.dropna().unique()}
    decimals = whole(item.get("SignificantDigits")) if kind == "float" else 0
    length = whole(item.get("Length"))
    fine = [v for v, t in distinct.items() if len(t.partition(".")[2]) <= decimals]
    odd = values.notna() & ~values.isin(fine)
    if odd.any():
        yield tell("TYPE", f"holds numbers with more than {decimals} decimals", odd)
    short = [v for v, t in distinct.items() if len(t.lstrip("-")) <= length]
    long = values.notna() & ~values.isin(short)
    if long.any():
        yield tell("LENGTH", f"holds numbers longer than {length}", long)


def _texts(
    case: Case, item: etree._Element, kind: str, values: pd.Series, tell: _Tell
) -> Iterator[Finding]:
    distinct = [v for v in values.unique() if v]
    if kind in TIMES:
        wrong = [v for v in distinct if not fits_type(v, kind)]
        if wrong:
            yield tell("TYPE", f"holds {some(wrong)}, no '{kind}'", values.isin(wrong))
        return
    length = whole(item.get("Length"))
    if kind == "text":
        long = [v for v in distinct if len(v.encode(case.encoding)) > length]
        if long:
            yield tell("LENGTH", f"holds texts longer than {length} bytes", values.isin(long))


def _terms(
    case: Case, item: etree._Element, kind: str, values: pd.Series, tell: _Tell
) -> Iterator[Finding]:
    ref = item.find(f"{ODM}CodeListRef")
    codelist = case.document.get(CODELIST, ref.get("CodeListOID")) if ref is not None else None
    if codelist is None or codelist.find(f"{ODM}ExternalCodeList") is not None:
        return
    name = codelist.get("Name", "")
    if codelist.get("DataType") != (kind if kind in ("integer", "float") else "text"):
        yield tell("CODELIST", f"is of type '{kind}', its codelist '{name}' is not")
    known = {t.get("CodedValue", "") for t in codelist if t.get("CodedValue") is not None}
    distinct = values.dropna().unique()
    as_text = {v: v if isinstance(v, str) else plain_number(v) for v in distinct}
    wrong = [v for v, text in as_text.items() if text and text not in known]
    if wrong:
        shown = some([as_text[v] for v in wrong])
        yield tell("CODELIST", f"holds {shown}, no term of codelist '{name}'", values.isin(wrong))


def whole(text: str | None) -> int:
    """A whole number as an attribute has it; 0 where it has none."""
    return int(text) if text and text.isdecimal() else 0


def is_no_data(ref: etree._Element) -> bool:
    """Whether an ItemRef or dataset is said to have no data."""
    return ref.get(f"{DEF}HasNoData") == "Yes"
