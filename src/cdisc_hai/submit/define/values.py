"""Value-level metadata: what a variable holds by the test, parameter or qualifier of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from cdisc_hai.metadata import Dataset, Variable
from cdisc_hai.metadata.words.flow import entry
from cdisc_hai.sdtm.specs import SUPP
from cdisc_hai.submit.define.codelists import codelist, part_of_codelist
from cdisc_hai.submit.define.draft import Draft, slug
from cdisc_hai.submit.define.items import Told, is_filled, is_given, told, told_of_parameter
from cdisc_hai.submit.define.measure import Measured, measured
from cdisc_hai.submit.define.model import Item, ItemRef, ValueList

TOPICS = ("PARAMCD", "QNAM")
_RESULTS = ("ORRES", "STRESC", "STRESN")
_UNITS = ("ORRESU", "STRESU")
_ALWAYS = ("AVAL", "AVALC", "QVAL", "TSVAL")
_TOLD_ENOUGH = ("SRC", "AVISIT", "PARCAT")  # the variable's own text says all


@dataclass(frozen=True)
class _Value:
    """A variable's values in the records of one code."""

    code: str
    label: str
    filled: pd.Series
    measured: Measured
    told: Told
    terms: tuple[str, frozenset[str]]


def topic_of(spec: Dataset) -> str:
    """The coded topic (TESTCD, PARMCD, PARAMCD, QNAM) that tells what a record's result is of."""
    names = [v.name for v in spec.submitted]
    found = next((name for name in TOPICS if name in names), "")
    if found:
        return found
    coded = [v.name for v in spec.submitted if v.role == "Topic" and v.name.endswith("CD")]
    return coded[0] if coded else ""


def decoded_by(topic: str) -> str:
    """The variable that holds the topic in words."""
    return "QLABEL" if topic == "QNAM" else topic.removesuffix("CD")


def value_list(draft: Draft, spec: Dataset, variable: Variable, frame: pd.DataFrame) -> str:
    """The OID of the variable's value list; '' where it needs none.

    Results have one in any case, other variables where origin, method, type or terms differ
    between the codes of the topic. Codes without a value of the variable are left out.
    """
    topic = topic_of(spec)
    if not topic or topic not in frame.columns or not _may_differ(draft, variable, topic):
        return ""
    found = list(_values(draft, spec, variable, frame, topic))
    if not found or not (_is_result(variable) or _differ(found)):
        return ""
    oid = f"VL.{spec.name}.{variable.name}"
    refs = tuple(
        _ref(draft, spec, variable, topic, value, order)
        for order, value in enumerate(found, start=1)
    )
    draft.value_lists[oid] = ValueList(oid, refs)
    return oid


def _is_result(variable: Variable) -> bool:
    return variable.name in _ALWAYS or (
        variable.role == "Result Qualifier" and variable.name.endswith(_RESULTS)
    )


def _is_unit(variable: Variable) -> bool:
    return variable.name.endswith(_UNITS)


def _may_differ(draft: Draft, variable: Variable, topic: str) -> bool:
    if variable.name in (topic, decoded_by(topic)) or variable.name.startswith(_TOLD_ENOUGH):
        return False
    return (
        _is_result(variable)
        or variable.role == "Result Qualifier"
        or _is_unit(variable)
        or is_given(draft, variable)
    )


def _differ(found: list[_Value]) -> bool:
    return len({(v.measured.data_type, v.told, v.terms) for v in found}) > 1


def _values(
    draft: Draft, spec: Dataset, variable: Variable, frame: pd.DataFrame, topic: str
) -> Iterator[_Value]:
    words = decoded_by(topic)
    first = frame[topic].drop_duplicates()
    named = frame.loc[first.index, words if words in frame.columns else topic]
    labels = dict(zip(first, named, strict=True))
    for key, series in frame[variable.name].groupby(frame[topic], sort=True):
        code = str(key)
        filled = is_filled(series)
        if not code or not filled.any():
            continue
        own, parent = _own(draft, spec, variable, code)
        given = {topic: code}
        said = told_of_parameter(draft, parent, code, own.name) if is_given(draft, own) else None
        held = series[filled]
        figures = measured(held, own.type, draft.study.encoding, width=None, form=own.format)
        yield _Value(
            code,
            str(labels[key]),
            filled,
            figures,
            said or told(draft, parent, own, {} if own.qualifier else given),
            _terms(draft, parent, own, held, given),
        )


def _own(draft: Draft, spec: Dataset, variable: Variable, code: str) -> tuple[Variable, Dataset]:
    """The variable itself; for QVAL the qualifier of the parent domain that QNAM names."""
    if topic_of(spec) != "QNAM":
        return variable, spec
    parent = draft.study.sdtm.get(spec.name.removeprefix(SUPP))
    own = next((q for q in parent.qualifiers if q.name == code), None) if parent else None
    return (own, parent) if own and parent and variable.name == "QVAL" else (variable, spec)


def _terms(
    draft: Draft, spec: Dataset, variable: Variable, held: pd.Series, given: dict[str, str]
) -> tuple[str, frozenset[str]]:
    """The codelist of values, and those of its terms that occur (none: all of them)."""
    name = variable.codelist or _of_parameter(spec, variable, given)
    name = name or recoded_to(draft, spec, variable, given)
    if not name or variable.dictionary:
        return "", frozenset()
    values = frozenset(map(str, held.unique()))
    if pd.api.types.is_numeric_dtype(held) or not (_is_result(variable) or _is_unit(variable)):
        return name, frozenset()
    if values <= set(draft.study.codelists[name].values):
        return name, values
    return (name if variable.codelist else ""), frozenset()


def _of_parameter(spec: Dataset, variable: Variable, given: dict[str, str]) -> str:
    """The terms of a parameter's AVALC, as its spec tells them."""
    if variable.name != "AVALC":
        return ""
    own = [p.codelist for p in spec.parameters if p.paramcd == given.get("PARAMCD")]
    return own[0] if own else ""


def recoded_to(draft: Draft, spec: Dataset, variable: Variable, given: dict[str, str]) -> str:
    """The codelist to which all operations of the variable recode, in records with ``given``."""
    blocks = draft.teller.flow.blocks_where(spec, given) if given else spec.blocks
    made = [block.name for block in blocks if variable.step(block.name) is not None]
    names = {_recode(draft, spec, variable, name) for name in (made if spec.blocks else [""])}
    return names.pop() if len(names) == 1 else ""


def _recode(
    draft: Draft, spec: Dataset, variable: Variable, block: str, asked: tuple[str, ...] = ()
) -> str:
    """The codelist of the terms that records of a block get, also by way of a copied variable."""
    step = variable.step(block)
    if step is None or variable.name in asked:
        return ""
    recode = draft.study.recodes.get(str(step.params.get("recode", "")))
    if recode is not None:
        return recode.codelist
    copied = draft.known[step.op].origin == "copied" and set(step.params) == {"variable"}
    other = entry(spec, str(step.params["variable"])) if copied else None
    if other is None:
        return ""
    return other.codelist or _recode(draft, spec, other, block, (*asked, variable.name))


def _ref(
    draft: Draft, spec: Dataset, variable: Variable, topic: str, value: _Value, order: int
) -> ItemRef:
    name = f"{spec.name}.{variable.name}.{slug(value.code)}"
    oid, number = f"IT.{name}", 1
    while oid in draft.items:
        number += 1
        oid = f"IT.{name}.{number}"
    name = oid.removeprefix("IT.")
    comment = draft.comment(name, value.told.text) if value.told.assigned else ""
    figures, (listed, terms) = value.measured, value.terms
    if terms:
        listed = part_of_codelist(draft, listed, figures.data_type, terms)
    else:
        listed = codelist(draft, listed, figures.data_type)
    draft.items[oid] = Item(
        oid, value.code, value.label, figures.data_type, figures.length, figures.digits,
        figures.display, listed, value.told.origins, comment,
    )  # fmt: skip
    method = ""
    if value.told.derived:
        same = value.told.text == told(draft, spec, variable).text
        owner = f"{spec.name}.{variable.name}" if same else name
        method = draft.method(owner, value.told.text, imputes=value.told.imputes)
    where = draft.where(spec.name, topic, value.code)
    mandatory = variable.core == "Req" and bool(value.filled.all())
    return replace(ItemRef(oid, order, mandatory), method=method, where=where)
