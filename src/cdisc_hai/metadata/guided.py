"""The specs against the guides: what a dataset has and lacks, told without any data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdisc_hai.errors import Fault
from cdisc_hai.guide import GuideVariable, SdtmGuide, adam_guide, same_class, sdtm_guide
from cdisc_hai.metadata.check import LABEL_BYTES, NAME_BYTES
from cdisc_hai.metadata.guided_adam import adam_faults
from cdisc_hai.metadata.guided_one import fault, variable_faults
from cdisc_hai.metadata.model import Dataset, Study, Variable
from cdisc_hai.metadata.shapes import did_you_mean

_GENERAL = ("INTERVENTIONS", "EVENTS", "FINDINGS", "FINDINGS ABOUT")
_IDENTIFIERS = ("STUDYID", "DOMAIN", "USUBJID", "--SEQ")


def guide_faults(study: Study) -> tuple[list[Fault], list[str]]:
    """Every difference from the guides that ``standards`` names, and what could not be compared."""
    faults: list[Fault] = []
    notes: list[str] = []
    sdtm = sdtm_guide(str(study.standards.get("sdtmig", "3.4")))
    adam = adam_guide(str(study.standards.get("adamig", "1.3")))
    for name, found in (("sdtmig", sdtm), ("adamig", adam)):
        if found is None:
            notes.append(
                f"{study.at}: {name} {study.standards[name]} is not among the guides known here; "
                "its variables were not compared"
            )
    for dataset in study.sdtm.values():
        if dataset.name and dataset.submit and sdtm is not None:
            faults.extend(_sdtm(study, dataset, sdtm))
        faults.extend(_qualifiers(dataset, sdtm))
    for dataset in study.adam.values():
        if dataset.name and dataset.submit and adam is not None:
            faults.extend(adam_faults(study, dataset, adam, sdtm))
    return faults, notes


def _sdtm(study: Study, dataset: Dataset, guide: SdtmGuide) -> Iterator[Fault]:
    yield from _dataset(dataset, guide)
    for variable in dataset.submitted:
        known = guide.variable(dataset.name, variable.name, dataset.klass)
        if known is None:
            yield from _unknown(dataset, variable, guide)
        else:
            yield from variable_faults(study, dataset, variable, known)
    yield from _missing(dataset, guide)
    yield from _order(dataset, guide)


def _dataset(dataset: Dataset, guide: SdtmGuide) -> Iterator[Fault]:
    known = guide.dataset(dataset.name)
    if known is None:
        if dataset.klass.upper() not in _GENERAL:
            hint = did_you_mean(dataset.name, guide.datasets)
            yield fault(
                dataset.at,
                f"the guide has no dataset {dataset.name}{hint}",
                f"name one that it has, or one of the sponsor's of class {' or '.join(_GENERAL)}",
            )
        return
    if not same_class(dataset.klass, known.klass):
        yield fault(
            dataset.at,
            f"class of {dataset.name} is '{dataset.klass}', in the guide '{known.klass}'",
            f"write class: {known.klass.upper()}",
        )
    if dataset.label != known.label and known.name != "SUPPQUAL":
        yield fault(
            dataset.at,
            f"label of {dataset.name} is '{dataset.label}', in the guide '{known.label}'",
            f"write label: {known.label}",
        )


def _unknown(dataset: Dataset, variable: Variable, guide: SdtmGuide) -> Iterator[Fault]:
    """SDTM lets a sponsor add no variables but qualifiers; what is marked is taken as known."""
    if variable.sponsor:
        return
    known = guide.dataset(dataset.name)
    hint = did_you_mean(variable.name, known.variables if known else ())
    yield fault(
        variable.at,
        f"the guide has no variable {variable.name} in {dataset.name}{hint}",
        "make it a qualifier (SUPP--), or mark it 'sponsor: true'",
    )


def _missing(dataset: Dataset, guide: SdtmGuide) -> Iterator[Fault]:
    names = {v.name for v in dataset.submitted}
    known = guide.dataset(dataset.name)
    if known is None:
        wanted: Iterable[tuple[str, str, str]] = _of_any_domain(dataset, guide)
    else:
        every = [v for v in known.variables.values() if v.core in ("Req", "Exp")]
        wanted = [(v.name, v.label, v.core) for v in every]
    for name, label, core in wanted:
        if name not in names:
            word = "Required" if core == "Req" else "Expected"
            empty = "" if core == "Req" else "; where nothing is collected, map it to null"
            yield fault(
                dataset.at,
                f"{dataset.name} lacks {name} ({label}), which is {word}",
                f"add it to 'variables' with core: {core}{empty}",
            )


def _of_any_domain(dataset: Dataset, guide: SdtmGuide) -> list[tuple[str, str, str]]:
    """What a domain of the sponsor has to have: its identifiers and the topic of its class."""
    if dataset.klass.upper() not in _GENERAL:
        return []
    topics = [
        v for (owner, _), v in guide.model.items()
        if v.role == "Topic" and same_class(owner, dataset.klass)
    ]  # fmt: skip
    names = [(n, guide.model["General Observations", n].label) for n in _IDENTIFIERS]
    names += [(v.name, v.label) for v in topics]
    return [(n.replace("--", dataset.name[:2]), label, "Req") for n, label in names]


def _order(dataset: Dataset, guide: SdtmGuide) -> Iterator[Fault]:
    """Variables stand in the guide's order; each that falls behind is told."""
    known = guide.dataset(dataset.name)
    highest: GuideVariable | None = None
    for variable in dataset.submitted if known else ():
        own = known.variables.get(variable.name) if known else None
        if own is None:
            continue
        if highest is not None and own.order < highest.order:
            yield fault(
                variable.at,
                f"{variable.name} stands behind {highest.name}, in the guide before it",
                "put the variables in the guide's order",
            )
        else:
            highest = own


def _qualifiers(dataset: Dataset, guide: SdtmGuide | None) -> Iterator[Fault]:
    """QNAM and QLABEL have the bounds of names and labels (SDTMIG 8.4)."""
    for variable in dataset.qualifiers:
        if len(variable.name.encode()) > NAME_BYTES:
            yield fault(
                variable.at, f"qualifier '{variable.name}' is over {NAME_BYTES} bytes", "shorten it"
            )
        if len(variable.label.encode()) > LABEL_BYTES:
            size = len(variable.label.encode())
            yield fault(
                variable.at,
                f"label of qualifier {variable.name} has {size} bytes, at most {LABEL_BYTES}",
                "shorten it",
            )
        found = guide.dataset(dataset.name) if guide else None
        if found and variable.name in found.variables:
            yield fault(
                variable.at,
                f"the guide has {variable.name} as a variable of {dataset.name}",
                "move it from 'qualifiers' to 'variables'",
            )
