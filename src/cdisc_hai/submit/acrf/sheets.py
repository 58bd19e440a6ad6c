"""What stands on the sheets of an annotated CRF, before it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

NOT_SUBMITTED = "[NOT SUBMITTED]"


class Choice(Protocol):
    """A code of an item, and what it means."""

    @property
    def code(self) -> str: ...
    @property
    def decode(self) -> str: ...


class Item(Protocol):
    """An item of a form, as an export's dictionary tells it."""

    @property
    def form(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def form_label(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def choices(self) -> Sequence[Choice]: ...


class Target(Protocol):
    """Where an item goes; as text it is the annotation."""

    @property
    def dataset(self) -> str: ...


@dataclass(frozen=True)
class Note:
    """An annotation, and the dataset by which it is coloured (none: not submitted)."""

    text: str
    dataset: str = ""


@dataclass(frozen=True)
class Line:
    """One item: what a person sees of it, and where it goes."""

    item: str
    label: str
    answer: str
    choices: tuple[str, ...]
    notes: tuple[Note, ...]
    compact: bool = False


@dataclass(frozen=True)
class Sheet:
    """One form."""

    form: str
    title: str
    datasets: tuple[Note, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Crf:
    """All forms, and which of them each visit has."""

    study: str
    title: str
    sheets: tuple[Sheet, ...]
    visits: tuple[tuple[str, tuple[str, ...]], ...]


def sheets(
    catalogue: Iterable[Item],
    targets: Mapping[tuple[str, str], Sequence[Target]],
    *,
    labels: Mapping[str, str],
    system: Mapping[str, frozenset[str]],
) -> tuple[Sheet, ...]:
    """The forms in the catalogue's order; ``labels`` are the datasets' names in words, ``system``
    the columns of each form that the EDC system fills itself."""
    by_form: dict[str, list[Item]] = {}
    for item in catalogue:
        by_form.setdefault(item.form, []).append(item)
    return tuple(_sheet(form, items, targets, labels, system) for form, items in by_form.items())


def _sheet(
    form: str,
    items: list[Item],
    targets: Mapping[tuple[str, str], Sequence[Target]],
    labels: Mapping[str, str],
    system: Mapping[str, frozenset[str]],
) -> Sheet:
    own = system.get(form, frozenset())
    lines = tuple(
        _line(item, targets.get((form, item.name), ()), item.name in own) for item in items
    )
    used = dict.fromkeys(n.dataset for line in lines for n in line.notes if n.dataset)
    datasets = tuple(Note(f"{name} ({labels[name]})", name) for name in sorted(used))
    return Sheet(form, items[0].form_label or form, datasets, lines)


def _line(item: Item, found: Sequence[Target], compact: bool) -> Line:
    notes = _joined(found) if compact else tuple(Note(str(t), t.dataset) for t in found)
    answer = " ".join(part for part in (item.format or item.type, item.unit) if part)
    return Line(
        item=item.name,
        label=item.label or item.name,
        answer=answer,
        choices=tuple(
            f"{c.decode} ({c.code})" if c.decode not in ("", c.code) else c.code
            for c in item.choices
        ),
        notes=notes or (Note(NOT_SUBMITTED),),
        compact=compact,
    )


def _joined(found: Sequence[Target]) -> tuple[Note, ...]:
    """One annotation a dataset."""
    by_dataset: dict[str, list[str]] = {}
    for target in found:
        by_dataset.setdefault(target.dataset, []).append(str(target))
    return tuple(Note(", ".join(texts), name) for name, texts in by_dataset.items())
