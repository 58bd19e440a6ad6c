"""One variable of a spec against what a guide says of it."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.errors import Fault
from cdisc_hai.guide import GuideVariable
from cdisc_hai.metadata.model import Dataset, Study, Variable


def fault(place: str, message: str, mend: str) -> Fault:
    """A fault at ``file:line``."""
    file, line = place.rsplit(":", 1)
    return Fault(file, int(line), message, mend)


_DEMANDS = {"Req": 3, "Exp": 2, "Cond": 1, "Perm": 1}


def _weaker(core: str, known: str) -> bool:
    """Whether a spec asks for less than the guide; a study may ask for more."""
    if known == "Req":
        return core != "Req"
    return bool(core) and _DEMANDS.get(core, 0) < _DEMANDS.get(known, 0)


def variable_faults(
    study: Study,
    dataset: Dataset,
    variable: Variable,
    known: GuideVariable,
    *,
    told: str = "in the guide",
) -> Iterator[Fault]:
    """What a variable says otherwise than its guide, and a mark that it does not need."""
    yield from _codelist(study, dataset, variable, known)
    what = f"{dataset.name}.{variable.name}"
    if variable.sponsor:
        yield fault(
            variable.at,
            f"{what} is marked as the sponsor's own, but the guide has it",
            "take 'sponsor' out",
        )
    if variable.label != known.label:
        yield fault(
            variable.at,
            f"label of {what} is '{variable.label}', {told} '{known.label}'",
            f"write label: {known.label}",
        )
    if variable.is_text != (known.type == "Char"):
        wanted = "a text type" if known.type == "Char" else "a number type"
        yield fault(
            variable.at,
            f"type of {what} is '{variable.type}', {told} {known.type}",
            f"give it {wanted}",
        )
    if variable.role and known.role and variable.role != known.role:
        yield fault(
            variable.at,
            f"role of {what} is '{variable.role}', {told} '{known.role}'",
            f"write role: {known.role}",
        )
    if _weaker(variable.core, known.core):
        yield fault(
            variable.at,
            f"core of {what} is '{variable.core}', {told} '{known.core}'",
            f"write core: {known.core}",
        )


def _codelist(
    study: Study, dataset: Dataset, variable: Variable, known: GuideVariable
) -> Iterator[Fault]:
    """A codelist that is named is the guide's, where it names one."""
    codelist = study.codelists.get(variable.codelist)
    if codelist is None or not known.codelists or codelist.code in known.codelists:
        return
    wanted = " or ".join(known.codelists)
    has = f"has the code {codelist.code}" if codelist.code else "has no code"
    yield fault(
        variable.at,
        f"codelist '{codelist.name}' of {dataset.name}.{variable.name} {has}, in the guide it is "
        f"{wanted}",
        f"name a codelist with code: {wanted}",
    )
