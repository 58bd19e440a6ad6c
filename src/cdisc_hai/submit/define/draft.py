"""What grows while a define is made: every definition once, under its OID."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from cdisc_hai.metadata import Study
from cdisc_hai.metadata.define_model import Reference
from cdisc_hai.metadata.words import OriginTeller, Teller
from cdisc_hai.registry import Operation
from cdisc_hai.submit.define.model import (
    CodeListDef,
    Comment,
    DocumentRef,
    Item,
    Method,
    RangeCheck,
    Standard,
    ValueList,
    WhereClause,
)

Pages = Mapping[tuple[str, str], tuple[int, ...]]
"""The pages of the annotated CRF on which an item of a form (form, column) stands."""

Elsewhere = Callable[[str], pd.DataFrame | None]
"""Gives a dataset that the specs do not know, or None."""

_STRANGE = re.compile(r"[^A-Za-z0-9_]+")
_Defined = TypeVar("_Defined", Item, CodeListDef, Method, Comment, ValueList, WhereClause, Standard)


def references(named: tuple[Reference, ...], leaves: Collection[str]) -> tuple[DocumentRef, ...]:
    """References to those documents that are there."""
    found = [DocumentRef(f"LF.{one.document}", one.pages) for one in named]
    return tuple(one for one in found if one.leaf in leaves)


def slug(text: str) -> str:
    """A text as part of an OID."""
    return _STRANGE.sub("_", text).strip("_") or "EMPTY"


@dataclass
class Draft:
    """The study, who tells of it in words, and the definitions so far, in the order of need."""

    study: Study
    standard: str
    known: Mapping[str, Operation]
    pages: Pages
    crf: str = ""
    leaves: Collection[str] = ()
    elsewhere: Elsewhere = lambda _: None
    items: dict[str, Item] = field(default_factory=dict)
    codelists: dict[str, CodeListDef] = field(default_factory=dict)
    methods: dict[str, Method] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    value_lists: dict[str, ValueList] = field(default_factory=dict)
    wheres: dict[str, WhereClause] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.teller = Teller(self.study, self.known)
        self.origins = OriginTeller(self.study, self.known)

    def method(self, name: str, text: str, *, imputes: bool = False) -> str:
        """The OID of a method of its own; '' without a text."""
        if not text:
            return ""
        oid = f"MT.{name}"
        kind = "Imputation" if imputes else "Computation"
        return _put(self.methods, Method(oid, f"Algorithm for {name}", kind, text))

    def comment(self, name: str, text: str, documents: tuple[DocumentRef, ...] = ()) -> str:
        """The OID of a comment; '' without a text."""
        return _put(self.comments, Comment(f"COM.{name}", text, documents)) if text else ""

    def comment_on(self, name: str, text: str) -> str:
        """The comment of define.yaml on a dataset or variable, else ``text``."""
        own = self.study.define.comments.get(name)
        if own is None:
            return self.comment(name, text)
        return self.comment(name, own.text, references(own.documents, self.leaves))

    def where(self, dataset: str, variable: str, value: str) -> str:
        """The OID of the clause that a variable has a value."""
        check = RangeCheck(f"IT.{dataset}.{variable}", "EQ", (value,))
        return self.clause(f"WC.{dataset}.{variable}.{slug(value)}", (check,))

    def clause(self, oid: str, checks: tuple[RangeCheck, ...]) -> str:
        """The OID of a clause; another one that would have the same OID gets a number."""
        wanted, number = oid, 1
        while oid in self.wheres and self.wheres[oid].checks != checks:
            number += 1
            oid = f"{wanted}.{number}"
        return _put(self.wheres, WhereClause(oid, checks))

    def terminology(self, publishing_set: str) -> str:
        """The OID of the terminology of a publishing set; '' where the study gives no version."""
        version = self.study.standards.get(f"{publishing_set.lower()}_terminology", "")
        if not version:
            return ""
        oid = f"STD.CT.{slug(publishing_set)}"
        return _put(self.standards, Standard(oid, "CDISC/NCI", "CT", str(version), publishing_set))


def _put(table: dict[str, _Defined], one: _Defined) -> str:
    table.setdefault(one.oid, one)
    return one.oid
