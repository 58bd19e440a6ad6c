"""One dataset's spec as a table for people, and the whole account of one variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cdisc_hai.metadata.model import Dataset, Parameter, Study, Variable
from cdisc_hai.metadata.origin import Origin
from cdisc_hai.metadata.reads import Reads
from cdisc_hai.metadata.words.flow import entry
from cdisc_hai.metadata.words.notes import Note
from cdisc_hai.metadata.words.origins import OriginTeller
from cdisc_hai.metadata.words.teller import Teller, Told
from cdisc_hai.registry import Operation


@dataclass(frozen=True)
class Line:
    """A variable (or, in ADaM, a parameter) as a row of a dataset's table."""

    name: str
    label: str
    type: str
    codelist: str
    origin: str
    how: str
    at: str


@dataclass(frozen=True)
class Table:
    """A dataset's spec, ready to be read."""

    dataset: Dataset
    records: str
    variables: tuple[Line, ...]
    qualifiers: tuple[Line, ...]
    parameters: tuple[Line, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Account:
    """How one variable comes about: parts in words with their lines, and what they read."""

    dataset: Dataset
    line: Line
    variable: Variable
    parts: tuple[tuple[str, Told], ...]
    notes: tuple[Note, ...]
    reads: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...] = ()


class Accounts:
    """Makes tables and accounts of a study's specs."""

    def __init__(self, study: Study, known: Mapping[str, Operation]) -> None:
        self.study, self.known = study, known
        self.teller, self.origins = Teller(study, known), OriginTeller(study, known)

    def table(self, dataset: Dataset) -> Table:
        """The spec of a dataset: each variable that is written, and what the words need."""
        every = (*dataset.submitted, *dataset.qualifiers)
        told = {v.name: self.teller.told(dataset, v) for v in every}
        parameters = [(p, self.parameter(dataset, p)) for p in dataset.parameters]
        records = self.teller.records(dataset)
        return Table(
            dataset=dataset,
            records=records.text,
            variables=tuple(self.line(dataset, v, told[v.name]) for v in dataset.submitted),
            qualifiers=tuple(self.line(dataset, v, told[v.name]) for v in dataset.qualifiers),
            parameters=tuple(
                Line(p.paramcd, p.param, "", "", "", text.text, p.at) for p, text in parameters
            ),
            notes=merged([records, *told.values(), *(text for _, text in parameters)]),
        )

    def line(self, dataset: Dataset, variable: Variable, told: Told) -> Line:
        """One row."""
        codelist = self.study.codelists.get(variable.codelist)
        code = f" ({codelist.code})" if codelist and codelist.code else ""
        return Line(
            name=variable.name,
            label=variable.label,
            type=variable.type,
            codelist=f"{variable.codelist}{code}",
            origin="; ".join(map(origin_words, self.origins.variable(dataset, variable))),
            how=told.text,
            at=variable.at,
        )

    def parameter(self, dataset: Dataset, parameter: Parameter) -> Told:
        """A parameter by the derivation of its records."""
        return self.teller.told_parameter(dataset, parameter, "AVAL")

    def account(self, dataset: Dataset, variable: Variable) -> Account:
        """The whole account of a variable, its working variables followed to the end."""
        own = self.teller.told(dataset, variable)
        parts = [("", own)]
        for parameter in dataset.parameters if self._given(variable) else ():
            told = self.teller.told_parameter(dataset, parameter, variable.name)
            parts.append((f"{parameter.paramcd} ({parameter.param})", told))
        return Account(
            dataset=dataset,
            line=self.line(dataset, variable, own),
            variable=variable,
            parts=tuple(parts),
            notes=merged(told for _, told in parts),
            reads=tuple(self._reads(dataset, variable)),
            values=self._values(variable),
        )

    def _values(self, variable: Variable) -> tuple[tuple[str, str], ...]:
        codelist = self.study.codelists.get(variable.codelist)
        return tuple((t.term, t.decode) for t in codelist.terms) if codelist else ()

    def _given(self, variable: Variable) -> bool:
        return any(self.known[step.op].origin == "given" for step in variable.steps)

    def _reads(self, dataset: Dataset, variable: Variable) -> Iterator[tuple[str, str]]:
        """Written variables that it reads, itself or through working ones, with their lines."""
        named, seen = _Named(self.study, dataset.standard, self.known), set[str]()
        wait = [(dataset, step) for step in variable.steps]
        if self._given(variable):
            wait += [(dataset, parameter.step) for parameter in dataset.parameters]
        while wait:
            place, step = wait.pop()
            for node in named.step_reads(place, step):
                owner, _, name = node.partition(".")
                other = self._find(dataset, owner)
                found = entry(other, name) if other else None
                if node in seen or other is None or found is None:
                    continue
                seen.add(node)
                if not (other.submit and found.keep):
                    wait += [(other, one) for one in found.steps]
        for node in sorted(seen):
            owner, _, name = node.partition(".")
            other = self._find(dataset, owner)
            found = entry(other, name) if other else None
            if other is not None and found is not None and other.submit and found.keep:
                yield node, found.at

    def _find(self, dataset: Dataset, name: str) -> Dataset | None:
        own = self.study.adam.get(name) if dataset.standard == "adam" else None
        return own or self.study.sdtm.get(name)


class _Named(Reads):
    """Reads by the full names of variables, whenever they are made."""

    def node(self, dataset: str, name: str) -> str:
        """Every variable is a node of its own."""
        return f"{dataset}.{name}"


def merged(told: Iterable[Told]) -> tuple[Note, ...]:
    """The explanations of several texts, each once."""
    return tuple({note.title: note for one in told for note in one.notes}.values())


def origin_words(origin: Origin) -> str:
    """``Collected (tl: tlstat, tldiam)``, ``Predecessor: DM.AGE``."""
    if origin.predecessor:
        return f"{origin.type}: {origin.predecessor}"
    forms: dict[str, list[str]] = {}
    for form, item in origin.items:
        forms.setdefault(form, []).append(item)
    said = "; ".join(f"{form}: {', '.join(items)}" for form, items in forms.items())
    return f"{origin.type} ({said})" if said else origin.type
