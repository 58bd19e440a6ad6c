"""Where the values of a variable come from (def:Origin of Define-XML 2.1), told by the specs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cdisc_hai.metadata.long_blocks import beside, source_column
from cdisc_hai.metadata.model import Block, Dataset, Step, Study, Variable
from cdisc_hai.metadata.origin import COLLECTED, Origin, read_origin
from cdisc_hai.metadata.words.flow import CASES, Flow, Given, entry, specialised
from cdisc_hai.registry import Operation, parts_of

__all__ = ["Origin", "OriginTeller"]

ASSIGNED = Origin("Assigned", "Sponsor")
DERIVED = Origin("Derived", "Sponsor")
PROTOCOL = Origin("Protocol", "Sponsor")
_ROLES = {"study": PROTOCOL, "key": DERIVED, "start": DERIVED, "end": DERIVED}
_ORDER = ("Collected", "Derived", "Assigned", "Protocol", "Predecessor", "Not Available")


@dataclass(frozen=True)
class _Place:
    """Where an operation stands: its dataset and one of its record blocks, if it has any."""

    dataset: Dataset
    block: Block | None
    given: Given


class OriginTeller:
    """Tells origins by the kinds of the operations; a spec's own ``origin`` goes before."""

    def __init__(self, study: Study, known: Mapping[str, Operation]) -> None:
        self.study, self.known, self.flow = study, known, Flow(study, known)

    def variable(
        self, dataset: Dataset, variable: Variable, given: Given | None = None
    ) -> tuple[Origin, ...]:
        """The origins of a variable (or qualifier), in records that fit ``given``.

        One for each type; a collected one has the items of the forms that it came from.
        """
        found = self._merged(self._of(dataset, variable, given or {}, ()))
        said = read_origin(variable.origin)
        if said is None:
            return found
        items = {item for origin in found for item in origin.items}
        kept = tuple(sorted(items)) if said.type == COLLECTED else ()
        return (replace(said, items=kept),)

    def _merged(self, origins: Iterable[Origin]) -> tuple[Origin, ...]:
        same: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
        for origin in origins:
            same.setdefault((origin.type, origin.source, origin.predecessor), set()).update(
                origin.items
            )
        found = [Origin(*key, tuple(sorted(items))) for key, items in same.items()]
        if len({o.predecessor for o in found if o.predecessor}) > 1:
            found = [DERIVED if o.predecessor else o for o in found]
        if DERIVED in found:  # the method tells what is constant
            found = [o for o in found if o != ASSIGNED]
        return tuple(sorted(dict.fromkeys(found), key=lambda o: (_ORDER.index(o.type), o)))

    def _of(
        self, dataset: Dataset, variable: Variable, given: Given, asked: tuple[str, ...]
    ) -> Iterator[Origin]:
        name = f"{dataset.name}.{variable.name}"
        if name in asked:
            return
        blocks: tuple[Block | None, ...] = self.flow.blocks_where(dataset, given)
        for block in blocks or (None,):
            step = variable.step(block.name) if block else next(iter(variable.steps), None)
            if step is not None:
                place = _Place(dataset, block, given)
                step = specialised(self.known[step.op], step, given)
                yield from self._step(place, step, (*asked, name))

    def _step(self, place: _Place, step: Step, asked: tuple[str, ...]) -> Iterator[Origin]:
        operation = self.known[step.op]
        if operation.origin == "collected":
            yield from self._columns(place, operation, step, asked)
        elif operation.origin == "copied":
            yield from self._copied(place, operation, step, asked)
        elif operation.origin == "chosen":
            yield from self._chosen(place, operation, step, asked)
        elif operation.origin == "predecessor":
            yield self._predecessor(str(step.params.get("source", "")))
        elif operation.origin == "given":
            yield self._given(place, str(step.params.get("name", "")))
        elif operation.origin == "assigned":
            if step.params.get("value", "x") not in (None, ""):
                yield ASSIGNED
        else:
            yield DERIVED

    def _leaves(self, operation: Operation, step: Step, kind: str) -> list[str]:
        return [
            str(value)
            for name, param in operation.params.items()
            for leaf, value, _ in parts_of(param.kind, step.params.get(name))
            if leaf == kind and value is not None
        ]

    def _columns(
        self, place: _Place, operation: Operation, step: Step, asked: tuple[str, ...]
    ) -> Iterator[Origin]:
        for column in self._leaves(operation, step, "column"):
            yield from self._column(place, column, asked)

    def _column(self, place: _Place, column: str, asked: tuple[str, ...]) -> Iterator[Origin]:
        block = place.block
        if column.startswith("="):
            yield from self._own(place, column[1:], asked)
        elif column.startswith("@"):
            yield _ROLES.get(column[1:], ASSIGNED)
        elif block is None or source_column(block, column) is None:
            yield ASSIGNED
        elif block.kind == "form":
            behind = source_column(block, column) or column
            item = beside(block, behind) or (block.source, behind)
            yield Origin(COLLECTED, "Investigator", "", (item,))
        elif block.kind in ("rows", "schedule"):
            yield PROTOCOL
        else:
            yield from self._from_dataset(block, source_column(block, column) or column, asked)

    def _from_dataset(self, block: Block, column: str, asked: tuple[str, ...]) -> Iterator[Origin]:
        """A value of another dataset's record: of a helper it is what the helper has."""
        other = self.study.sdtm.get(block.source)
        variable = entry(other, column) if other else None
        if other is None or variable is None or other.submit:
            yield DERIVED
        else:
            yield from self._of(other, variable, {}, asked)

    def _own(self, place: _Place, name: str, asked: tuple[str, ...]) -> Iterator[Origin]:
        variable = entry(place.dataset, name)
        if variable is None:
            return
        if place.block is None:
            yield from self._of(place.dataset, variable, place.given, asked)
            return
        step = variable.step(place.block.name)
        title = f"{place.dataset.name}.{name}"
        if step is not None and title not in asked:
            yield from self._step(place, step, (*asked, title))

    def _copied(
        self, place: _Place, operation: Operation, step: Step, asked: tuple[str, ...]
    ) -> Iterator[Origin]:
        for name in self._leaves(operation, step, "variable"):
            yield from self._own(place, name, asked)
        for source in self._leaves(operation, step, "source"):
            dataset, _, name = source.partition(".")
            other = self.study.sdtm.get(dataset)
            variable = entry(other, name) if other else None
            if other is None or variable is None:
                yield DERIVED
            else:
                where = step.params.get("where") or {}
                known = {k: v for k, v in where.items() if isinstance(v, str)}
                yield from self._of(other, variable, known, asked)

    def _chosen(
        self, place: _Place, operation: Operation, step: Step, asked: tuple[str, ...]
    ) -> Iterator[Origin]:
        for name, param in operation.params.items():
            if param.kind == CASES:
                cases = step.params.get(name) or []
                for case in cases:
                    yield from self._case(place, operation, case, asked)

    def _case(
        self, place: _Place, operation: Operation, case: Mapping[str, Any], asked: tuple[str, ...]
    ) -> Iterator[Origin]:
        """A column's or variable's own origin. A constant is collected where it stands for an
        item's value, as a code does, assigned where it always holds, and else derived."""
        when = case.get("when") or {}
        if "column" in case:
            yield from self._column(place, case["column"], asked)
        elif "variable" in case:
            if operation.stage == "column":
                yield DERIVED
            else:
                yield from self._own(place, case["variable"], asked)
        elif case.get("value") is None:
            return
        elif operation.stage == "row" and when and all(map(_coded, when.items())):
            for column in when:
                yield from self._column(place, column, asked)
        else:
            yield DERIVED if when else ASSIGNED

    def _predecessor(self, source: str) -> Origin:
        """The variable that was copied; one that is not written cannot be named."""
        dataset, _, name = source.partition(".")
        first, second = self.study.adam.get(dataset), self.study.sdtm.get(dataset)
        other = first or second
        variable = entry(other, name) if other else None
        if other is not None and (not other.submit or (variable and not variable.keep)):
            return DERIVED
        if variable is not None and variable.qualifier:
            source = f'SUPP{dataset}.QVAL where QNAM = "{name}"'
        return Origin("Predecessor", "Sponsor", source)

    def _given(self, place: _Place, name: str) -> Origin:
        """What the parameters give: their codes, names and constants are assigned."""
        every = place.dataset.parameters
        constant = [p for p in every if name in p.attributes]
        taken = [p for p in every if _gives(p.step, name) and name not in p.attributes]
        fixed = name in ("PARAMCD", "PARAM") or (constant and not taken)
        return ASSIGNED if fixed else DERIVED


def _gives(step: Step, name: str) -> bool:
    """Whether a derivation may give such a value; one that takes by name gives no other."""
    taken = step.params.get("take")
    return name in taken if isinstance(taken, Mapping) else name in _RESULTS


_RESULTS = (
    "AVAL", "AVALC", "ADT", "ADTF", "STARTDT", "CNSR", "EVNTDESC", "CNSDTDSC",
    "SRCDOM", "SRCVAR", "SRCSEQ",
)  # fmt: skip


def _coded(part: tuple[str, Any]) -> bool:
    name, wanted = part
    return name[:1] not in ("=", "@") and not isinstance(wanted, Mapping)
