"""Datasets of a define: class, structure, keys, and the variables in their order."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cdisc_hai.guide import sdtm_guide
from cdisc_hai.metadata import Dataset, Variable
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.sdtm.specs import SUPP
from cdisc_hai.submit.define.codelists import codelist, dictionary, pairs
from cdisc_hai.submit.define.draft import Draft
from cdisc_hai.submit.define.items import Told, is_filled, is_given, told
from cdisc_hai.submit.define.measure import measured
from cdisc_hai.submit.define.model import Item, ItemGroup, ItemRef, Leaf
from cdisc_hai.submit.define.values import TOPICS, decoded_by, value_list

SUBJECT_KEYS = frozenset({"STUDYID", "USUBJID"})
CLASSES = (
    "SUBJECT LEVEL ANALYSIS DATASET", "TRIAL DESIGN", "STUDY REFERENCE", "SPECIAL PURPOSE",
    "INTERVENTIONS", "EVENTS", "FINDINGS", "FINDINGS ABOUT", "RELATIONSHIP",
    "OCCURRENCE DATA STRUCTURE", "BASIC DATA STRUCTURE", "REFERENCE DATA STRUCTURE", "ADAM OTHER",
)  # fmt: skip
NO_DATA = "The study has no record for this dataset up to the data cut-off; it was not submitted."


def class_of(spec: Dataset) -> str:
    """The class as the Define-XML terminology spells it."""
    return spec.klass.upper().replace("-", " ")


def place_of(spec: Dataset) -> tuple[int, str]:
    """Where a dataset stands: by class, then by name."""
    klass = class_of(spec)
    return (CLASSES.index(klass) if klass in CLASSES else len(CLASSES), spec.name)


def subclass_of(spec: Dataset) -> str:
    """TIME-TO-EVENT for a parameter dataset with censoring, ADVERSE EVENT for ADaM's events."""
    names = {v.name for v in spec.submitted}
    if class_of(spec) == "BASIC DATA STRUCTURE" and "CNSR" in names:
        return "TIME-TO-EVENT"
    if class_of(spec) == "OCCURRENCE DATA STRUCTURE" and "AEDECOD" in names:
        return "ADVERSE EVENT"
    return ""


def item_group(draft: Draft, spec: Dataset, data: XptDataset | None, standard: str) -> ItemGroup:
    """One dataset; without ``data`` it is one that has none (def:HasNoData)."""
    adam = spec.standard == "adam"
    empty = data is None or not len(data.frame)
    names = [v.name for v in spec.submitted]
    variables = [v for v in spec.submitted if data is None or v.name in data.frame.columns]
    keys = [key for key in spec.keys if key in {v.name for v in variables}]
    refs = tuple(
        _ref(draft, spec, variable, data, keys, order)
        for order, variable in enumerate(variables, start=1)
    )
    return ItemGroup(
        oid=f"IG.{spec.name}",
        name=spec.name,
        domain="" if adam else spec.name.removeprefix(SUPP) or spec.name,
        label=spec.label,
        structure=spec.structure,
        klass=class_of(spec),
        subclass=subclass_of(spec),
        repeating=not set(spec.keys) <= SUBJECT_KEYS,
        reference="USUBJID" not in names,
        purpose="Analysis" if adam else "Tabulation",
        standard=standard if _in_guide(draft, spec) else "",
        refs=refs,
        leaf=Leaf(f"LF.{spec.name}", data.file, data.file) if data is not None else None,
        no_data=empty,
        comment=draft.comment_on(spec.name, spec.comment or (NO_DATA if empty else "")),
    )


def _in_guide(draft: Draft, spec: Dataset) -> bool:
    """Whether the guide has the dataset: ADaM's are the sponsor's to name."""
    guide = sdtm_guide(str(draft.study.standards.get("sdtmig", "")))
    return spec.standard == "adam" or guide is None or guide.dataset(spec.name) is not None


def _ref(
    draft: Draft,
    spec: Dataset,
    variable: Variable,
    data: XptDataset | None,
    keys: list[str],
    order: int,
) -> ItemRef:
    series = None if data is None else data.frame[variable.name]
    values = value_list(draft, spec, variable, data.frame) if data is not None else ""
    said = _pointed(draft, spec, variable, told(draft, spec, variable), values)
    name = f"{spec.name}.{variable.name}"
    _item(draft, spec, variable, data, said, values)
    return ItemRef(
        item=f"IT.{name}",
        order=order,
        mandatory=variable.core == "Req",
        key=keys.index(variable.name) + 1 if variable.name in keys else None,
        method=draft.method(name, said.text, imputes=said.imputes) if said.derived else "",
        role=variable.role if spec.standard == "sdtm" else "",
        no_data=series is not None and not bool(is_filled(series).any()),
        sponsor=variable.sponsor and spec.standard == "sdtm",
    )


def _pointed(draft: Draft, spec: Dataset, variable: Variable, said: Told, values: str) -> Told:
    """A variable that parameters give, and that has no values of its own, says where to look."""
    names = [v.name for v in spec.submitted if v.name in ("AVAL", "AVALC")]
    if values or not names or not is_given(draft, variable):
        return said
    text = f"{said.text} The derivations are told with {' and '.join(names)}, by parameter."
    return replace(said, text=text)


def _item(
    draft: Draft,
    spec: Dataset,
    variable: Variable,
    data: XptDataset | None,
    said: Told,
    values: str,
) -> None:
    name = f"{spec.name}.{variable.name}"
    series, width = _column(variable, data)
    encoding = draft.study.encoding
    figures = measured(series, variable.type, encoding, width=width, form=variable.format)
    supp = spec.name.startswith(SUPP)
    text = variable.comment or (said.text if said.assigned and not supp else "")
    oid = f"IT.{name}"
    draft.items[oid] = Item(
        oid, variable.name, variable.label, figures.data_type, figures.length, figures.digits,
        figures.display,
        _codelist(draft, spec, variable, data, figures.data_type),
        () if values and supp else said.origins,
        draft.comment_on(name, text),
        values,
        variable.name,
    )  # fmt: skip


def _column(variable: Variable, data: XptDataset | None) -> tuple[pd.Series, int | None]:
    if data is None:
        empty = pd.Series([], dtype=object if variable.is_text else float)
        return empty, 1 if variable.is_text else None
    return data.frame[variable.name], data.lengths.get(variable.name)


def _codelist(
    draft: Draft, spec: Dataset, variable: Variable, data: XptDataset | None, data_type: str
) -> str:
    """The spec's codelist; for codes that the specs list themselves, those of the data."""
    if variable.dictionary:
        return dictionary(draft, variable.dictionary, data_type)
    if variable.codelist:
        return codelist(draft, variable.codelist, data_type)
    words = decoded_by(variable.name)
    if variable.name not in TOPICS or data is None or words not in data.frame.columns:
        return ""
    both = data.frame[[variable.name, words]].drop_duplicates(variable.name)
    terms = dict(zip(both[variable.name], both[words], strict=True))
    ordered = {code: terms[code] for code in sorted(terms) if code}
    owner = f"{spec.name}.{variable.name}"
    return pairs(draft, owner, f"{variable.label} ({spec.name})", ordered) if ordered else ""
