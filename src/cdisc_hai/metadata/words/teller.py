"""How a variable comes about, in words: what Define-XML says of its method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdisc_hai.metadata.model import Block, Dataset, Parameter, Step, Study, Variable
from cdisc_hai.metadata.words.flow import CASES, Flow, Given, specialised
from cdisc_hai.metadata.words.names import Explain, Names
from cdisc_hai.metadata.words.notes import Note, Notes, places
from cdisc_hai.metadata.words.phrases import constant, listed
from cdisc_hai.metadata.words.sentence import filled, given_value
from cdisc_hai.metadata.words.values import Values
from cdisc_hai.registry import Operation

NOTHING: Given = {}


@dataclass(frozen=True)
class Told:
    """What is told, the spec lines that it stands for, and the explanations that it needs."""

    text: str
    at: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        return "\n".join(line for line in (self.text, *map(str, self.notes)) if line)


class Teller:
    """Tells what the specs of a study do; ``known`` are the operations that they may name."""

    def __init__(self, study: Study, known: Mapping[str, Operation]) -> None:
        self.study, self.known, self.flow = study, known, Flow(study, known)

    def variable(self, dataset: Dataset, variable: Variable, given: Given = NOTHING) -> str:
        """How a variable (or qualifier) is made, in records whose variables have known values.

        Names that are not in the written data are explained, a line each.
        """
        return str(self.told(dataset, variable, given))

    def told(self, dataset: Dataset, variable: Variable, given: Given = NOTHING) -> Told:
        """The same, with each explanation for itself and the lines of the specs."""
        notes = Notes()
        text = self._variable(notes, dataset, variable, given)
        return Told(text, places(variable), notes.every())

    def parameter(self, dataset: Dataset, parameter: Parameter, name: str) -> str:
        """How a parameter's derivation gives the value that its records have as ``name``."""
        return str(self.told_parameter(dataset, parameter, name))

    def told_parameter(self, dataset: Dataset, parameter: Parameter, name: str) -> Told:
        """The same, with each explanation for itself and the lines of the specs."""
        notes = Notes()
        if name in parameter.attributes:
            return Told(f"Set to {constant(parameter.attributes[name])}.", (parameter.at,))
        step = parameter.step
        taken = step.params.get("take")
        if isinstance(taken, Mapping) and name in taken:
            theirs = str(taken[name])
            step = Step(step.op, {**step.params, "take": {theirs: theirs}}, step.at)
        text = self._step(Names(self.study, dataset, (), notes, self._explain(notes)), step)
        return Told(text, (parameter.at,), notes.every())

    def records(self, dataset: Dataset) -> Told:
        """Where the records of a dataset come from."""
        notes = Notes()
        names = Names(self.study, dataset, (), notes, self._explain(notes))
        at = [block.at for block in dataset.blocks] or [dataset.at]
        text = names.records(dataset)
        return Told(text[:1].upper() + text[1:], tuple(at), notes.every())

    def _explain(self, notes: Notes) -> Explain:
        return lambda dataset, variable: self._variable(notes, dataset, variable, NOTHING)

    def _variable(self, notes: Notes, dataset: Dataset, variable: Variable, given: Given) -> str:
        groups = list(self._groups(dataset, variable, given))
        if not groups or not groups[0][1]:
            return " ".join(self._text(notes, dataset, step, (), given)[0] for step, _ in groups)
        titles = [""]
        if len(groups) > 1:
            names = Names(self.study, dataset, (), notes, self._explain(notes))
            titles = names.groups([blocks for _, blocks in groups])
        parts = []
        for title, (step, blocks) in zip(titles, groups, strict=True):
            text, forms = self._text(notes, dataset, step, blocks, given)
            if forms and title != forms:
                text = f"{text.removesuffix('.')} ({forms})."
            parts.append(f"For {title}: {_small(text)}" if title else text)
        return " ".join(parts)

    def _text(
        self, notes: Notes, dataset: Dataset, step: Step, blocks: tuple[Block, ...], given: Given
    ) -> tuple[str, str]:
        """One operation in words, and the forms whose items it names."""
        names = Names(self.study, dataset, blocks, notes, self._explain(notes))
        text = self._step(names, specialised(self.known[step.op], step, given))
        every = f"form{'s' if len(names.forms) > 1 else ''} {listed(names.forms, 'and')}"
        return text, every if names.forms else ""

    def _groups(
        self, dataset: Dataset, variable: Variable, given: Given
    ) -> Iterator[tuple[Step, tuple[Block, ...]]]:
        """The operations of a variable, each with the record blocks that it works on."""
        blocks = self.flow.blocks_where(dataset, given) if given else dataset.blocks
        if not dataset.blocks:
            yield from ((step, ()) for step in variable.steps)
            return
        for step in variable.steps:
            mine = tuple(block for block in blocks if variable.step(block.name) is step)
            if mine:
                yield step, mine

    def _step(self, names: Names, step: Step) -> str:
        operation = self.known[step.op]
        values = Values(names, operation, step)
        cases = [name for name, param in operation.params.items() if param.kind == CASES]
        if cases and len(step.params[cases[0]]) < 2:
            return _one_case(values, step.params[cases[0]])

        def word(name: str) -> str | None:
            param, value = operation.params.get(name), given_value(operation, step, name)
            if value is None or value is False or value in ("", (), []):
                return None
            if value is True:
                return ""
            return values.words(param.kind if param else "text", value, step.params)

        return _capital(filled(operation.sentence, word))


def _one_case(values: Values, cases: Sequence[Mapping[str, Any]]) -> str:
    if not cases:
        return "Missing."
    said = values.words("shape:case", cases[0], cases[0])
    if cases[0].get("when"):
        return _capital(f"{said}.")
    return _capital(f"{said.removeprefix('otherwise ')}.")


def _small(text: str) -> str:
    """A sentence that goes on behind a colon: a common word begins small."""
    first = text.split(" ", maxsplit=1)[0]
    return text[:1].lower() + text[1:] if first.istitle() and first.isalpha() else text


def _capital(text: str) -> str:
    """A sentence that begins with an article begins with a capital letter."""
    return text[:1].upper() + text[1:] if text.startswith("the ") else text
