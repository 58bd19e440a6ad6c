"""Where the items of the collection forms go in SDTM: what an annotated CRF says beside each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdisc_hai.metadata.model import Block, Dataset, Study, Variable
from cdisc_hai.metadata.origin import COLLECTED
from cdisc_hai.metadata.reads import row_leaves
from cdisc_hai.metadata.words.flow import Flow
from cdisc_hai.metadata.words.origins import OriginTeller
from cdisc_hai.registry import Operation

Item = tuple[str, str]
"""A form and one of its columns."""

TOPIC = "Topic"


@dataclass(frozen=True, order=True)
class Target:
    """An SDTM variable that holds a collected value.

    ``qualifier`` marks one of SUPP--; ``when`` names the topic variable and those of its values
    in whose records alone the item stands there (none: in every record of the item's form).
    ``value`` is what the variable has where the item is a box that was ticked.
    """

    dataset: str
    variable: str
    qualifier: bool = False
    when: tuple[str, ...] = ()
    topic: str = ""
    value: str = ""

    def __str__(self) -> str:
        """The annotation as a reader finds it on a CRF."""
        if self.qualifier:
            return f"SUPP{self.dataset}.QVAL when QNAM = {self.variable}"
        if not self.when:
            equal = f" = {self.value}" if self.value else ""
            return f"{self.dataset}.{self.variable}{equal}"
        values = self.when[0] if len(self.when) == 1 else f"({', '.join(self.when)})"
        return f"{self.dataset}.{self.variable} when {self.topic} {_word(self.when)} {values}"


def _word(values: tuple[str, ...]) -> str:
    return "=" if len(values) == 1 else "in"


def targets(study: Study, known: Mapping[str, Operation]) -> dict[Item, tuple[Target, ...]]:
    """By item, the submitted variables that hold what was collected in it, in spec order.

    Items that are only read to derive something (Define-XML origin Derived) are not there.
    """
    teller, found = OriginTeller(study, known), dict[Item, list[Target]]()
    for dataset in study.sdtm.values():
        if dataset.submit:
            for item, target in (
                *_roles(study, dataset, known),
                *_collected(study, dataset, teller),
            ):
                into = found.setdefault(item, [])
                if target not in into:
                    into.append(target)
    return {item: tuple(every) for item, every in found.items()}


def _collected(
    study: Study, dataset: Dataset, teller: OriginTeller
) -> Iterator[tuple[Item, Target]]:
    topic = next((v for v in dataset.variables if v.role == TOPIC), None)
    values = _topic_values(Flow(study, teller.known), dataset, topic)
    boxes = _boxes(dataset)
    for variable in (*dataset.submitted, *dataset.qualifiers):
        whole = set(_items(teller, dataset, variable, {}))
        by_value = {
            value: set(_items(teller, dataset, variable, {topic.name: value}))
            for value, _ in values
            if topic is not None and variable is not topic
        }
        for item in sorted(whole):
            fits = tuple(value for value, items in by_value.items() if item in items)
            among = {v for v, forms in values if _is_result(variable) or item[0] in forms}
            narrow = bool(fits) and set(fits) < among
            yield (
                item,
                Target(
                    dataset.name,
                    variable.name,
                    variable.qualifier,
                    fits if narrow else (),
                    topic.name if topic is not None and narrow else "",
                    boxes.get(item, ""),
                ),
            )


def _boxes(dataset: Dataset) -> dict[Item, str]:
    """The words of each box that makes records of a dataset."""
    return {
        (block.source, block.params["box"]): str(value)
        for block in dataset.blocks
        if "box" in block.params
        for value in block.params["values"].values()
    }


def _is_result(variable: Variable) -> bool:
    return variable.role == "Result Qualifier"


def _topic_values(
    flow: Flow, dataset: Dataset, topic: Variable | None
) -> list[tuple[str, set[str]]]:
    """Each value that the topic can have, with the forms whose records can have it."""
    found: dict[str, set[str]] = {}
    for block in dataset.blocks if topic is not None else ():
        for value in sorted(flow.possible(dataset, block, topic.name) or ()) if topic else ():
            if value and block.kind == "form":
                found.setdefault(value, set()).add(block.source)
    return list(found.items())


def _items(
    teller: OriginTeller, dataset: Dataset, variable: Variable, given: Mapping[str, str]
) -> Iterator[Item]:
    for origin in teller.variable(dataset, variable, given):
        if origin.type == COLLECTED:
            yield from origin.items


def _roles(
    study: Study, dataset: Dataset, known: Mapping[str, Operation]
) -> Iterator[tuple[Item, Target]]:
    """Columns that every form has (subject, visit, record): the variables that read their role."""
    for block in dataset.blocks:
        form = study.raw.forms.get(block.source) if block.kind == "form" else None
        for variable in (*dataset.submitted, *dataset.qualifiers) if form else ():
            for role in _reads_roles(study, dataset, block, variable, known):
                if form is not None and role in form.roles:
                    yield (
                        (form.name, form.roles[role]),
                        Target(dataset.name, variable.name, variable.qualifier),
                    )


def _reads_roles(
    study: Study, dataset: Dataset, block: Block, variable: Variable, known: Mapping[str, Operation]
) -> Iterator[str]:
    """The roles that a variable reads; for the subject's key those that it is made of."""
    step = variable.step(block.name)
    for of, leaf, value in row_leaves(dataset, block, known) if step else ():
        if of is step and leaf == "column" and str(value).startswith("@"):
            role = str(value)[1:]
            yield from study.raw.subject_parts if role == "key" else (role,)
