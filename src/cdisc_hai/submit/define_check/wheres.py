"""Value-level metadata: every where clause matches records, each record one of a list's items."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.submit.define.items import is_filled
from cdisc_hai.submit.define.measure import plain_number
from cdisc_hai.submit.define_check.case import Case, numbered
from cdisc_hai.submit.define_check.document import (
    ARM,
    DEF,
    GROUP,
    ITEM,
    ITEM_REF,
    ODM,
    VALUE_LIST,
    WHERE,
    Document,
)
from cdisc_hai.submit.define_check.values import item_values

_ONE_OF = ("EQ", "IN")
_NONE_OF = ("NE", "NOT" + "IN")  # one word to ODM, and none to a speller


def value_lists(case: Case) -> Iterator[Finding]:
    """The values of each item are as it says; a record's value has one item, and not two."""
    for group in case.document.each(GROUP):
        name = group.get("Name", "")
        if name not in case.data:
            continue
        frame = case.data[name].frame
        for _, item in case.document.variables(group):
            ref = item.find(f"{DEF}ValueListRef")
            listed = (
                case.document.get(VALUE_LIST, ref.get("ValueListOID")) if ref is not None else None
            )
            if listed is not None and item.get("Name") in frame.columns:
                yield from _value_list(case, listed, frame, name, item.get("Name", ""))


def _value_list(
    case: Case, listed: etree._Element, frame: pd.DataFrame, dataset: str, variable: str
) -> Iterator[Finding]:
    values = frame[variable]
    filled = is_filled(values)
    times = pd.Series(0, index=frame.index)
    told = True
    for ref in listed.findall(ITEM_REF):
        item, clauses = case.document.item(ref), _clauses(case, ref)
        if not clauses:
            yield case.tell("WHERE", ref, "has no where clause", dataset=dataset, variable=variable)
        mine = _any(case, clauses, frame, dataset)
        if item is None or mine is None:
            told = False  # references tell it, or it selects by another dataset
            continue
        times += mine.astype(int)
        where = " or ".join(clause.get("OID", "") for clause in clauses)
        if clauses and not mine.any():
            yield case.tell(
                "WHERE", ref, f"'{where}' matches no record", dataset=dataset, variable=variable
            )
        held = values[mine]
        if mine.any() and not filled[mine].any():
            yield case.tell(
                "NO-DATA", item, f"no record has a value where {where}",
                dataset=dataset, variable=variable,
            )  # fmt: skip
        if ref.get("Mandatory") == "Yes" and not filled[mine].all():
            yield case.tell(
                "MANDATORY", item, f"has records without a value where {where}",
                dataset=dataset, variable=variable, rows=numbered(mine & ~filled),
            )  # fmt: skip
        yield from item_values(case, item, held, dataset=dataset, variable=variable, where=where)
    if not told:
        return
    for bad, message in (
        (filled & times.eq(0), "holds values that no item of its value list is for"),
        (times.gt(1), "holds values that two items of its value list are for"),
    ):
        if bad.any():
            yield case.tell(
                "VALUE-LIST",
                listed,
                message,
                dataset=dataset,
                variable=variable,
                rows=numbered(bad),
            )


def results(case: Case) -> Iterator[Finding]:
    """Analysis results name variables of their dataset and a parameter that it has."""
    for dataset in case.document.each(f"{ARM}AnalysisDataset"):
        group = case.document.get(GROUP, dataset.get("ItemGroupOID"))
        name = group.get("Name", "") if group is not None else ""
        for one in dataset.findall(f"{ARM}AnalysisVariable"):
            owners = case.document.owners.get(one.get("ItemOID", ""), [])
            if owners and name not in owners:
                message = f"a variable of {owners[0]} under {name}"
                yield case.tell("RESULT", one, message, dataset=name)
        for clause in _clauses(case, dataset):
            if not all(name in case.document.owners.get(oid, ()) for oid in _items(clause)):
                yield case.tell("RESULT", dataset, "selects by variables of others", dataset=name)
            elif name in case.data:
                mine = matching(case.document, clause, case.data[name].frame, name)
                if mine is not None and not mine.any():
                    oid = clause.get("OID", "")
                    yield case.tell("WHERE", clause, f"'{oid}' matches no record", dataset=name)


def _any(
    case: Case, clauses: list[etree._Element], frame: pd.DataFrame, dataset: str
) -> pd.Series | None:
    """The records that meet one of the clauses; None where that cannot be told."""
    found = pd.Series(False, index=frame.index)
    for clause in clauses:
        mine = matching(case.document, clause, frame, dataset)
        if mine is None:
            return None
        found |= mine
    return found


def matching(
    document: Document, clause: etree._Element, frame: pd.DataFrame, dataset: str
) -> pd.Series | None:
    """The records that meet all range checks of a clause; None where it names other datasets."""
    found = pd.Series(True, index=frame.index)
    for check in clause.findall(f"{ODM}RangeCheck"):
        oid = check.get(f"{DEF}ItemOID", "")
        item = document.get(ITEM, oid)
        if item is None or dataset not in document.owners.get(oid, ()):
            return None
        if item.get("Name") not in frame.columns:
            return pd.Series(False, index=frame.index)
        found &= _meets(frame[item.get("Name", "")], check)
    return found


def _meets(values: pd.Series, check: etree._Element) -> pd.Series:
    wanted = [c.text or "" for c in check.findall(f"{ODM}CheckValue")]
    comparator = check.get("Comparator", "")
    numeric = pd.api.types.is_numeric_dtype(values)
    if comparator in (*_ONE_OF, *_NONE_OF):
        texts = values.map(plain_number, na_action="ignore").fillna("") if numeric else values
        same = texts.isin(wanted)
        return same if comparator in _ONE_OF else ~same
    numbers = values if numeric else pd.to_numeric(values, errors="coerce")
    compare = {"LT": numbers.lt, "LE": numbers.le, "GT": numbers.gt, "GE": numbers.ge}
    if len(wanted) != 1 or comparator not in compare:
        return pd.Series(False, index=values.index)
    return compare[comparator](pd.to_numeric(pd.Series(wanted), errors="coerce").iloc[0])


def _items(clause: etree._Element) -> list[str]:
    return [check.get(f"{DEF}ItemOID", "") for check in clause.findall(f"{ODM}RangeCheck")]


def _clauses(case: Case, element: etree._Element) -> list[etree._Element]:
    """The clauses that an element refers to: one of them is to be met."""
    refs = element.findall(f"{DEF}WhereClauseRef")
    found = (case.document.get(WHERE, ref.get("WhereClauseOID")) for ref in refs)
    return [clause for clause in found if clause is not None]
