"""Value-level metadata: every where clause matches records, each record one of a list's items."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.submit.define.items import is_filled
from cdisc_hai.submit.define.measure import plain_number
from cdisc_hai.submit.define_check.case import Case, numbered
from cdisc_hai.submit.define_check.document import ARM, DEF, GROUP, ITEM_REF, ODM, VALUE_LIST, WHERE
from cdisc_hai.submit.define_check.values import item_values

_ONE_OF = ("EQ", "IN")
_NONE_OF = ("NE", "NOT" + "IN")  # one word to ODM, and none to a speller


def wheres(case: Case) -> Iterator[Finding]:
    """Each where clause that is used matches a record, and names variables of one dataset."""
    for clause in case.document.each(WHERE):
        datasets = {case.document.variable_of(c.get(f"{DEF}ItemOID"))[0] for c in _checks(clause)}
        oid = clause.get("OID", "")
        if len(datasets) != 1:
            yield case.tell(
                "WHERE", clause, f"'{oid}' names variables of several datasets, or none"
            )
            continue
        name = datasets.pop()
        if name in case.data and not matching(case, clause, case.data[name].frame).any():
            yield case.tell("WHERE", clause, f"'{oid}' matches no record", dataset=name)


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
    for ref in listed.findall(ITEM_REF):
        item, clause = case.document.item(ref), _clause(case, ref)
        if item is None or clause is None:
            if clause is None and ref.find(f"{DEF}WhereClauseRef") is None:
                yield case.tell(
                    "WHERE", ref, "has no where clause", dataset=dataset, variable=variable
                )
            continue
        mine = matching(case, clause, frame)
        times += mine.astype(int)
        where = clause.get("OID", "")
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
            owner = case.document.variable_of(one.get("ItemOID"))[0]
            if owner and owner != name:
                yield case.tell("RESULT", one, f"a variable of {owner} under {name}", dataset=name)
        clause = _clause(case, dataset)
        if clause is None:
            continue
        owners = {case.document.variable_of(c.get(f"{DEF}ItemOID"))[0] for c in _checks(clause)}
        if owners != {name}:
            yield case.tell("RESULT", dataset, "selects by variables of others", dataset=name)


def matching(case: Case, clause: etree._Element, frame: pd.DataFrame) -> pd.Series:
    """The records that meet all range checks of a clause."""
    found = pd.Series(True, index=frame.index)
    for check in _checks(clause):
        _, variable = case.document.variable_of(check.get(f"{DEF}ItemOID"))
        if variable not in frame.columns:
            return pd.Series(False, index=frame.index)
        found &= _meets(frame[variable], check)
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


def _checks(clause: etree._Element) -> list[etree._Element]:
    return clause.findall(f"{ODM}RangeCheck")


def _clause(case: Case, element: etree._Element) -> etree._Element | None:
    ref = element.find(f"{DEF}WhereClauseRef")
    return case.document.get(WHERE, ref.get("WhereClauseOID")) if ref is not None else None
