"""ADaM datasets against ADaMIG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cdisc_hai.errors import Fault
from cdisc_hai.guide import AdamGuide, GuideVariable, SdtmGuide
from cdisc_hai.metadata.guided_one import fault, variable_faults
from cdisc_hai.metadata.model import Dataset, Study, Variable
from cdisc_hai.metadata.shapes import did_you_mean


def adam_faults(
    study: Study, dataset: Dataset, guide: AdamGuide, sdtm: SdtmGuide | None
) -> Iterator[Fault]:
    """Labels and types that differ, unknown variables that no mark explains, missing ones.

    A variable that ADaMIG requires has to be there, and may be empty: cores are not compared.
    Occurrence datasets have a guide of their own, whose names are not known here: of them only
    those variables are judged that ADaMIG or SDTMIG has.
    """
    structure = guide.structure(dataset.klass)
    for variable in dataset.submitted:
        known = guide.variable(dataset.klass, variable.name)
        if known is not None:
            yield from variable_faults(study, dataset, variable, replace(known, core=""))
            continue
        copied = sdtm.named(variable.name) if sdtm else None
        if copied is not None:
            yield from variable_faults(study, dataset, variable, _copied(copied), told="in SDTMIG")
        elif structure is not None:
            yield from _own(study, dataset, variable, guide)
    yield from _missing(dataset, guide)


def _copied(known: GuideVariable) -> GuideVariable:
    """A copy of an SDTM variable keeps label and type (ADaMIG 3.1.1), not role and core."""
    return replace(known, role="", core="")


def _own(study: Study, dataset: Dataset, variable: Variable, guide: AdamGuide) -> Iterator[Fault]:
    """A variable of the sponsor: marked where it is made; a copy of it under its name needs no
    mark. An ending of the guide (``--DT``, ``--TM``, ...) binds its type."""
    ending = guide.suffix(variable.name)
    if ending is not None and variable.is_text != (ending.type == "Char"):
        yield fault(
            variable.at,
            f"type of {dataset.name}.{variable.name} is '{variable.type}', but names that end in "
            f"{ending.name[1:]} are {ending.type}",
            "change the type or the name",
        )
    if variable.sponsor or _copies_itself(study, variable):
        return
    names = guide.structure(dataset.klass) or {}
    yield fault(
        variable.at,
        f"the guide has no variable {variable.name} in {dataset.name}"
        f"{did_you_mean(variable.name, names)}",
        "name one that it has, or mark it 'sponsor: true'",
    )


def _copies_itself(study: Study, variable: Variable) -> bool:
    found = [step.params.get("source", "") for step in variable.steps]
    sources = [str(getattr(source, "value", source)) for source in found]  # with its place or not
    return bool(sources) and all(
        name == variable.name and (dataset in study.adam or dataset in study.sdtm)
        for dataset, _, name in (source.partition(".") for source in sources)
    )


def _missing(dataset: Dataset, guide: AdamGuide) -> Iterator[Fault]:
    names = {v.name for v in dataset.submitted}
    for known in (guide.structure(dataset.klass) or {}).values():
        if known.core == "Req" and not any(_fits(guide, dataset, known, n) for n in names):
            yield fault(
                dataset.at,
                f"{dataset.name} lacks {known.name} ({known.label}), which is Required",
                "add it to 'variables' with core: Req",
            )


def _fits(guide: AdamGuide, dataset: Dataset, known: GuideVariable, name: str) -> bool:
    if name == known.name:
        return True
    own = guide.variable(dataset.klass, name) if known.name[:2] == name[:2] else None
    return own is not None and own.order == known.order and own.klass == known.klass
