"""What each part of a dataset reads, told by the kinds of its operations' parameters.

Nodes are ``DM`` (the records of a dataset, with all that is mapped row by row) and ``DM.RFSTDTC``
(a variable that is made once other datasets are there). ADaM variables are nodes alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from cdisc_hai.metadata.conditions import variables_read
from cdisc_hai.metadata.model import Block, Dataset, Imputation, Step, Study, Variable
from cdisc_hai.registry import Operation, parts_of, template_names

Graph = dict[str, set[str]]

SUBJECT_LEVEL = "ADSL"
CUTOFF = "CUTOFF"


def _plain(value: object) -> object:
    return value.plain() if hasattr(value, "plain") else value


def _names(value: object) -> Iterator[str]:
    """The variables that a condition reads, those that it counts days from included."""
    if isinstance(value, Mapping):
        for name, wanted in value.items():
            yield str(name)
            yield from variables_read(wanted)


NAMING = re.compile("SRCDOM|SRCVAR|SRCSEQ|ASEQ|[A-Z]{2}SEQ")
"""Variables by which a record of an analysis dataset is named as a source."""

OF_DATASET = ("where_of", "variable_of", "ordering_of")


def formula_names(value: object) -> Iterator[str]:
    """The variables of a formula."""
    if isinstance(value, Mapping):
        for parts in value.values():
            yield from formula_names(parts)
    elif isinstance(value, list):
        for part in value:
            yield from formula_names(part)
    elif isinstance(value, str):
        yield value


def _kinds(operation: Operation | None) -> set[str]:
    return {param.kind for param in operation.params.values()} if operation else set()


def row_leaves(
    dataset: Dataset, block: Block, known: Mapping[str, Operation]
) -> Iterator[tuple[Step, str, object]]:
    """What the row operations of a block name: (operation, kind, plain value)."""
    for variable in (*dataset.variables, *dataset.qualifiers):
        step = variable.step(block.name)
        operation = known.get(step.op) if step else None
        if step is None or operation is None or operation.stage != "row":
            continue
        for name, param in operation.params.items():
            for leaf, spot, _ in parts_of(param.kind, step.params.get(name)):
                yield step, leaf, _plain(spot)


class Reads:
    """Reads of every node of one standard's datasets."""

    def __init__(self, study: Study, standard: str, known: Mapping[str, Operation]) -> None:
        self.study, self.known = study, known
        self.own: Mapping[str, Dataset] = study.sdtm if standard == "sdtm" else study.adam

    def whole(self, variable: Variable) -> bool:
        """Whether a variable waits for its whole dataset (and perhaps for others)."""
        stages = {self.known[s.op].stage for s in variable.steps if s.op in self.known}
        return bool(stages & {"whole", "column"})

    def node(self, dataset: str, name: str) -> str:
        """The node that has a variable."""
        found = self.own[dataset].variable(name) if dataset in self.own else None
        return f"{dataset}.{name}" if found and self.whole(found) else dataset

    def step_reads(self, dataset: Dataset, step: Step) -> Iterator[str]:
        """The nodes that one operation reads."""
        operation = self.known.get(step.op)
        if operation is None:
            return
        for name, param in operation.params.items():
            if param.kind == "keys":
                yield from (self.node(dataset.name, key) for key in dataset.keys)
            elif name in step.params:
                yield from self._param_reads(dataset, param.kind, step.params[name], step)

    def _param_reads(self, dataset: Dataset, kind: str, value: object, step: Step) -> Iterator[str]:
        for leaf, spot, shape in parts_of(kind, value):
            plain, within = _plain(spot), shape or step.params
            if leaf == "variable":
                yield self.node(dataset.name, str(plain))
            elif leaf == "ordering":
                yield self.node(dataset.name, str(plain).split(" ", maxsplit=1)[0])
            elif leaf == "template":
                yield from (self.node(dataset.name, n) for n in template_names(str(plain)))
            elif leaf == "formula":
                yield from (self.node(dataset.name, name) for name in formula_names(plain))
            elif leaf == "match" and isinstance(plain, Mapping):
                yield from (self.node(dataset.name, str(name)) for name in plain)
                other = str(_plain(within.get("dataset")))
                yield from (self.node(other, str(name)) for name in plain.values())
            elif leaf == "where":
                yield from (self.node(dataset.name, name) for name in _names(plain))
            elif leaf == "subject":
                yield self.node(SUBJECT_LEVEL, str(plain))
            elif leaf in ("source", "limit") and "." in str(plain):
                yield self.node(*str(plain).split(".", 1))
            elif leaf == "dataset":
                yield from self._sorted(str(plain))
            elif leaf == "where_value" and "value" in within:
                other = str(_plain(within["value"])).split(".", maxsplit=1)[0]
                yield from (self.node(other, name) for name in _names(plain))
            elif leaf == "variable_value" and "value" in within:
                other = str(_plain(within["value"])).split(".", maxsplit=1)[0]
                yield self.node(other, str(plain))
            elif leaf in OF_DATASET and within and "dataset" in within:
                other = str(_plain(within["dataset"]))
                names = _names(plain) if leaf == "where_of" else [str(plain).split(" ")[0]]
                yield from (self.node(other, name) for name in names)
            elif leaf == "imputation" and plain in self.study.imputations:
                yield from self._imputation_reads(self.study.imputations[str(plain)])

    def _sorted(self, dataset: str) -> Iterator[str]:
        """A dataset with its keys, by which it is sorted before another reads its records, and
        with the variables that name a record."""
        yield dataset
        if dataset in self.own and self.own[dataset].standard == "adam":
            own = self.own[dataset]
            naming = [v.name for v in own.variables if NAMING.fullmatch(v.name)]
            yield from (self.node(dataset, name) for name in (*own.keys, *naming))

    def _imputation_reads(self, rule: Imputation) -> Iterator[str]:
        for name in (rule.after, rule.same, rule.unless_ended, *rule.bounds):
            if "." in name:
                yield self.node(*name.split(".", 1))

    def row_graph(self, dataset: Dataset) -> Graph:
        """The variables that are mapped row by row, with those of them that each reads."""
        graph: Graph = {}
        for variable in (*dataset.variables, *dataset.qualifiers):
            waits = graph.setdefault(variable.name, set())
            for step in variable.steps:
                operation = self.known.get(step.op)
                for name, param in (operation.params if operation else {}).items():
                    for leaf, spot, _ in parts_of(param.kind, step.params.get(name)):
                        plain = _plain(spot)
                        if leaf == "variable":
                            waits.add(str(plain))
                        elif leaf == "column" and str(plain).startswith("="):
                            waits.add(str(plain)[1:])
                        elif leaf == "where":
                            waits.update(n[1:] for n in _names(plain) if n.startswith("="))
        return {name: {w for w in waits if w in graph} for name, waits in graph.items()}

    @staticmethod
    def lowest_names(dataset: Dataset) -> tuple[str, ...]:
        """The variables by which a dataset takes the lowest of several records."""
        lowest = dataset.lowest
        return (lowest["record"], *lowest["by"]) if lowest else ()

    def block_reads(self, dataset: Dataset, block: Block) -> Iterator[str]:
        """The nodes that the records of a block come from."""
        yield from block.needs
        if block.kind != "dataset":
            return
        yield block.source
        yield from (self.node(block.source, name) for name in _names(block.where))
        for _, leaf, plain in row_leaves(dataset, block, self.known):
            if leaf == "column":
                yield self.node(block.source, str(plain))
            elif leaf == "where":
                yield from (self.node(block.source, n) for n in _names(plain))

    def graph(self) -> Graph:
        """Every node with the nodes that it waits for."""
        graph: Graph = {}
        for dataset in self.own.values():
            rows = graph.setdefault(dataset.name, set())
            for block in dataset.blocks:
                rows.update(self.block_reads(dataset, block))
            if dataset.population:
                rows.update(self._sorted(SUBJECT_LEVEL))
                rows.update(self.node(SUBJECT_LEVEL, n) for n in _names(dataset.population))
            if dataset.origin:
                rows.update(self._sorted(dataset.origin))
                names = (*_names(dataset.where), *self.lowest_names(dataset))
                rows.update(self.node(dataset.origin, name) for name in names)
            for parameter in dataset.makers:
                rows.update(self.step_reads(dataset, parameter.step))
                rows.update(self._sorted(SUBJECT_LEVEL))
                rows.update(self.node(SUBJECT_LEVEL, n) for n in _names(parameter.population))
            for variable in (*dataset.variables, *dataset.qualifiers):
                if self.whole(variable):
                    node = graph.setdefault(f"{dataset.name}.{variable.name}", {dataset.name})
                    for step in variable.steps:
                        node.update(self.step_reads(dataset, step))
                    if any("keys" in _kinds(self.known.get(s.op)) for s in variable.steps):
                        node.discard(f"{dataset.name}.{variable.name}")
        return {node: waits & graph.keys() for node, waits in graph.items()}


def ordered(graph: Graph) -> tuple[str, ...]:
    """Nodes so that each stands behind what it waits for; ties by name."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order.extend(ready)
        sorter.done(*ready)
    return tuple(order)


def cycle_of(graph: Graph) -> Iterable[str]:
    """The nodes of a circle, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()
