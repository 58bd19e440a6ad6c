"""specs/define.yaml read and checked: what a define says that no dataset's file can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.define_model import (
    DefineSpec,
    Dictionary,
    Display,
    Document,
    Reference,
    Remark,
    Result,
    Selection,
)
from cdisc_hai.metadata.shapes import Reader, did_you_mean
from cdisc_hai.metadata.spots import Spot

if TYPE_CHECKING:
    from cdisc_hai.metadata.model import Dataset, Study

REASONS = (
    "SPECIFIED IN PROTOCOL",
    "SPECIFIED IN SAP",
    "DATA DRIVEN",
    "REQUESTED BY REGULATORY AGENCY",
)
PURPOSES = (
    "PRIMARY OUTCOME MEASURE",
    "SECONDARY OUTCOME MEASURE",
    "EXPLORATORY OUTCOME MEASURE",
)
STANDARDS = ("sdtm", "adam")


def read_define(spot: Spot, faults: list[Fault]) -> DefineSpec:
    """The whole file."""
    top = Reader(spot, "define.yaml", faults)
    spec = DefineSpec(
        dictionaries={n: _dictionary(n, s, faults) for n, s in top.items("dictionaries")},
        documents={n: _document(n, s, faults) for n, s in top.items("documents")},
        comments={n: _remark(n, s, faults) for n, s in top.items("comments")},
        displays=tuple(_display(s, faults) for s in top.entries("displays")),
    )
    top.done()
    return spec


def _dictionary(name: str, spot: Spot, faults: list[Fault]) -> Dictionary:
    item = Reader(spot, f"dictionary '{name}'", faults)
    found = Dictionary(
        name,
        item.text("dictionary", required=True),
        item.text("label", name),
        item.text("standard", required=True),
        spot.at,
    )
    item.done()
    return found


def _document(name: str, spot: Spot, faults: list[Fault]) -> Document:
    item = Reader(spot, f"document '{name}'", faults)
    file = item.text("file", required=True)
    if PurePath(file).name != file or "\\" in file or file in ("", ".", ".."):
        faults.append(spot.fault(f"'{file}' is to be the plain name of a file beside the define"))
    found = Document(name, item.text("title", required=True), file, item.text("standard"), spot.at)
    if found.standard not in ("", *STANDARDS):
        faults.append(spot.fault(f"'standard' of document '{name}' is one of sdtm, adam"))
    item.done()
    return found


def _remark(name: str, spot: Spot, faults: list[Fault]) -> Remark:
    item = Reader(spot, f"comment '{name}'", faults)
    found = Remark(name, item.text("text", required=True), _references(item, faults), spot.at)
    item.done()
    return found


def _display(spot: Spot, faults: list[Fault]) -> Display:
    item = Reader(spot, "a display", faults)
    found = Display(
        name=item.text("name", required=True),
        title=item.text("title", required=True),
        documents=_references(item, faults),
        results=tuple(_result(s, faults) for s in item.entries("results", required=True)),
        at=spot.at,
    )
    item.done()
    return found


def _result(spot: Spot, faults: list[Fault]) -> Result:
    item = Reader(spot, "a result", faults)
    found = Result(
        title=item.text("title", required=True),
        reason=item.text("reason", required=True),
        purpose=item.text("purpose", required=True),
        selections=tuple(_selection(s, faults) for s in item.entries("datasets", required=True)),
        documentation=item.text("documentation", required=True),
        documents=_references(item, faults),
        context=item.text("context"),
        code=item.text("code"),
        at=spot.at,
    )
    item.done()
    return found


def _selection(spot: Spot, faults: list[Fault]) -> Selection:
    item = Reader(spot, "a dataset of a result", faults)
    found = Selection(
        dataset=item.text("dataset", required=True),
        where=dict(item.plain("where", {}, "map")),
        variables=item.texts("variables", required=True),
        at=spot.at,
    )
    item.done()
    return found


def _references(item: Reader, faults: list[Fault]) -> tuple[Reference, ...]:
    found = []
    for spot in item.entries("documents"):
        one = Reader(spot, "a reference", faults)
        name, pages = one.text("document", required=True), one.texts("pages")
        one.done()
        if not all(page.isdigit() and int(page) for page in pages):
            faults.append(spot.fault("'pages' is to be a list of numbers from 1"))
            pages = ()
        found.append(Reference(name, tuple(map(int, pages)), spot.at))
    return tuple(found)


def define_faults(study: Study) -> Iterator[Fault]:
    """What define.yaml names and the study does not have, and dictionaries that variables name."""
    spec = study.define
    for dictionary in spec.dictionaries.values():
        if dictionary.standard not in study.standards:
            hint = did_you_mean(dictionary.standard, study.standards)
            yield _at(dictionary.at, f"no '{dictionary.standard}' in 'standards'{hint}")
    for remark in spec.comments.values():
        yield from _unknown_documents(study, remark.documents)
        yield from _remark_faults(study, remark)
    for display in spec.displays:
        yield from _unknown_documents(study, display.documents)
        for result in display.results:
            yield from _unknown_documents(study, result.documents)
            if result.reason not in REASONS:
                yield _at(result.at, f"'reason' is one of {', '.join(REASONS)}")
            if result.purpose not in PURPOSES:
                yield _at(result.at, f"'purpose' is one of {', '.join(PURPOSES)}")
            for selection in result.selections:
                yield from _selection_faults(study, selection)
    for dataset in (*study.sdtm.values(), *study.adam.values()):
        yield from _dictionary_faults(study, dataset)


def _remark_faults(study: Study, remark: Remark) -> Iterator[Fault]:
    name, point, variable = remark.name.partition(".")
    dataset = study.sdtm.get(name) or study.adam.get(name)
    if dataset is None and not study.sdtm:
        return  # specs of ADaM alone do not know the SDTM that they work on
    if dataset is None or not dataset.submit:
        hint = did_you_mean(name, [*study.sdtm, *study.adam])
        yield _at(remark.at, f"no dataset '{name}'{hint}")
    elif point:
        names = [v.name for v in (*dataset.submitted, *dataset.qualifiers)]
        if variable not in names:
            hint = did_you_mean(variable, names)
            yield _at(remark.at, f"no variable '{variable}' in {name}{hint}")


def _dictionary_faults(study: Study, dataset: Dataset) -> Iterator[Fault]:
    known = study.define.dictionaries
    for variable in (*dataset.variables, *dataset.qualifiers):
        if variable.dictionary and variable.dictionary not in known:
            hint = did_you_mean(variable.dictionary, known)
            yield _at(variable.at, f"no dictionary '{variable.dictionary}' in define.yaml{hint}")


def _unknown_documents(study: Study, references: tuple[Reference, ...]) -> Iterator[Fault]:
    for reference in references:
        if reference.document not in study.define.documents:
            hint = did_you_mean(reference.document, study.define.documents)
            yield _at(reference.at, f"no document '{reference.document}'{hint}")


def _selection_faults(study: Study, selection: Selection) -> Iterator[Fault]:
    dataset = study.adam.get(selection.dataset)
    if dataset is None or not dataset.submit:
        hint = did_you_mean(selection.dataset, study.adam)
        yield _at(selection.at, f"no ADaM dataset '{selection.dataset}'{hint}")
        return
    names = [v.name for v in dataset.submitted]
    for name in (*selection.where, *selection.variables):
        if name not in names:
            hint = did_you_mean(name, names)
            yield _at(selection.at, f"no variable '{name}' in {dataset.name}{hint}")
    for name, wanted in selection.where.items():
        if isinstance(wanted, dict):
            yield _at(selection.at, f"'{name}' of a result is to be a value, or a list of values")


def _at(place: str, message: str) -> Fault:
    file, _, line = place.rpartition(":")
    return Fault(file, int(line), message)
