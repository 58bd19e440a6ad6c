"""Datasets and variables of the define against the transport files."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from cdisc_hai.findings import Finding
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.define.items import is_filled
from cdisc_hai.submit.define_check.case import Case, numbered
from cdisc_hai.submit.define_check.document import DEF, GROUP, ITEM_REF, LEAF, words
from cdisc_hai.submit.define_check.values import is_no_data, item_values


def datasets(case: Case) -> Iterator[Finding]:
    """Every file has its dataset in the define, every dataset its file; labels are the same."""
    described = case.document.groups
    for name in case.data:
        if name not in described:
            yield case.tell(
                "DATASET", case.document.root, f"does not describe the dataset {name}",
                dataset=name, mend="write a spec for it, or leave the file away",
            )  # fmt: skip
    for name, group in described.items():
        found = case.data.get(name)
        if is_no_data(group):
            if found is not None and len(found.frame):
                yield case.tell("NO-DATA", group, "has records", dataset=name)
            if not group.get(f"{DEF}CommentOID"):
                yield case.tell("NO-DATA", group, "no comment says why", dataset=name)
        elif found is None:
            yield case.tell("DATASET", group, "there is no such file", dataset=name)
        else:
            yield from _dataset(case, name, group, found)


def _dataset(case: Case, name: str, group: etree._Element, found: XptDataset) -> Iterator[Finding]:
    if words(group) != found.label:
        yield case.tell(
            "LABEL", group, f"the label is '{words(group)}', in the file '{found.label}'",
            dataset=name,
        )  # fmt: skip
    leaf = group.find(LEAF)
    if leaf is None or leaf.get("ID") != group.get(f"{DEF}ArchiveLocationID"):
        yield case.tell("FILE", group, "does not name its file", dataset=name)
    subjects = "USUBJID" in found.frame.columns
    if (group.get("IsReferenceData") == "Yes") == subjects:
        yield case.tell("GROUP", group, "is reference data, or is not: see USUBJID", dataset=name)
    if subjects and group.get("Repeating") == "No" and found.frame["USUBJID"].duplicated().any():
        yield case.tell("GROUP", group, "does not repeat, yet a subject has more", dataset=name)
    tabulated = group.get("Purpose") == "Tabulation"
    if tabulated != ("Role" in _attributes(group)):
        yield case.tell(
            "ROLE", group, "only variables of SDTM have roles, and all", dataset=name,
            severity="warning", mend="give every variable of the dataset's spec its role",
        )  # fmt: skip
    yield from _order(case, name, group, found)
    yield from _keys(case, name, group, found)


def _attributes(group: etree._Element) -> set[str]:
    """The attributes that all ItemRefs have."""
    each = [{str(a) for a in ref.attrib} for ref in group.findall(ITEM_REF)]
    return set.intersection(*each) if each else set()


def _order(case: Case, name: str, group: etree._Element, found: XptDataset) -> Iterator[Finding]:
    said = [item.get("Name", "") for _, item in case.document.variables(group)]
    held = [str(column) for column in found.frame.columns]
    for variable in said:
        if variable not in held:
            yield case.tell(
                "VARIABLE", group, "is not in the file", dataset=name, variable=variable
            )
    for variable in held:
        if variable not in said:
            yield case.tell(
                "VARIABLE", group, "is in the file and not in the define",
                dataset=name, variable=variable,
            )  # fmt: skip
    if [v for v in said if v in held] != [v for v in held if v in said]:
        yield case.tell("ORDER", group, "its variables stand in another order", dataset=name)


def _keys(case: Case, name: str, group: etree._Element, found: XptDataset) -> Iterator[Finding]:
    keys = [
        item.get("Name", "")
        for ref, item in case.document.variables(group)
        if ref.get("KeySequence") and item.get("Name") in found.frame.columns
    ]
    if keys:
        double = found.frame.duplicated(keys, keep=False)
        if double.any():
            yield case.tell(
                "KEY", group, f"records share their keys ({', '.join(keys)})",
                dataset=name, rows=numbered(double),
                mend="give the spec keys that tell the records apart",
            )  # fmt: skip


def variables(case: Case) -> Iterator[Finding]:
    """Labels, lengths, formats, types, terms and emptiness of variables are those of the file."""
    for group in case.document.each(GROUP):
        name = group.get("Name", "")
        found = case.data.get(name)
        if found is None:
            continue
        for ref, item in case.document.variables(group):
            variable = item.get("Name", "")
            if variable in found.frame.columns:
                yield from _variable(case, name, ref, item, found)


def _variable(
    case: Case, dataset: str, ref: etree._Element, item: etree._Element, found: XptDataset
) -> Iterator[Finding]:
    name = item.get("Name", "")
    values = found.frame[name]
    filled = is_filled(values)

    def tell(rule: str, message: str, rows: tuple[int, ...] = ()) -> Finding:
        return case.tell(rule, item, message, dataset=dataset, variable=name, rows=rows)

    if words(item) != found.labels.get(name, ""):
        yield tell("LABEL", f"the label is '{words(item)}', in the file '{found.labels.get(name)}'")
    if is_no_data(ref) and filled.any():
        yield tell("NO-DATA", "has values", numbered(filled))
    if not is_no_data(ref) and not filled.any():
        yield tell("NO-DATA", "has no value, which HasNoData is to tell")
    if ref.get("Mandatory") == "Yes" and not filled.all():
        yield tell("MANDATORY", "has records without a value", numbered(~filled))
    width = found.lengths.get(name)
    if item.get("DataType") == "text" and str(width) != item.get("Length"):
        yield tell("LENGTH", f"the length is {item.get('Length')}, in the file {width}")
    form = found.formats.get(name, "")
    if form and item.get(f"{DEF}DisplayFormat", "").rstrip(".") != form.rstrip("."):
        yield tell("FORMAT", f"the file has the format {form}")
    yield from item_values(case, item, values, dataset=dataset, variable=name)
