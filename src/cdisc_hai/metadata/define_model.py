"""What specs/define.yaml says: dictionaries, documents and analysis results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Dictionary:
    """An external dictionary; ``standard`` names its version in study.yaml."""

    name: str
    dictionary: str
    label: str
    standard: str
    at: str


@dataclass(frozen=True)
class Document:
    """A document that lies beside the define of one standard, or of both ('')."""

    name: str
    title: str
    file: str
    standard: str
    at: str


@dataclass(frozen=True)
class Reference:
    """A document by its name, and the pages of it that are meant."""

    document: str
    pages: tuple[int, ...]
    at: str


@dataclass(frozen=True)
class Selection:
    """The records and variables of one dataset that a result is made of."""

    dataset: str
    where: Mapping[str, Any]
    variables: tuple[str, ...]
    at: str


@dataclass(frozen=True)
class Result:
    """One analysis result (ARM 1.0)."""

    title: str
    reason: str
    purpose: str
    selections: tuple[Selection, ...]
    documentation: str
    documents: tuple[Reference, ...]
    context: str
    code: str
    at: str


@dataclass(frozen=True)
class Display:
    """A table or figure with its results."""

    name: str
    title: str
    documents: tuple[Reference, ...]
    results: tuple[Result, ...]
    at: str


@dataclass(frozen=True)
class Remark:
    """A comment on a dataset or variable (``AE``, ``AE.AEREL``)."""

    name: str
    text: str
    documents: tuple[Reference, ...]
    at: str


@dataclass(frozen=True)
class DefineSpec:
    """The whole file; a study may do without it."""

    dictionaries: Mapping[str, Dictionary] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    comments: Mapping[str, Remark] = field(default_factory=dict)
    displays: tuple[Display, ...] = ()
