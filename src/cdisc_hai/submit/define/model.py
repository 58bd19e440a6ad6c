"""A Define-XML 2.1 document as frozen values; the template writes them and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentRef:
    """A document by its leaf, and the pages of it that are meant."""

    leaf: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A file beside the define."""

    id: str
    href: str
    title: str


@dataclass(frozen=True)
class Standard:
    """A standard or a version of its terminology (``publishing_set``)."""

    oid: str
    name: str
    type: str
    version: str
    publishing_set: str = ""


@dataclass(frozen=True)
class ItemOrigin:
    """Where values come from; ``text`` names the predecessor."""

    type: str
    source: str
    text: str = ""
    documents: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True)
class Item:
    """A variable, or its values in some of the records (then without ``field``, its SAS name)."""

    oid: str
    name: str
    label: str
    data_type: str
    length: int | None
    digits: int | None
    display: str
    codelist: str
    origins: tuple[ItemOrigin, ...]
    comment: str = ""
    values: str = ""
    field: str = ""


@dataclass(frozen=True)
class ItemRef:
    """An item in its place; ``where`` names the records that a value's item is for.

    ``sponsor`` is the study's own variable, which the guide does not have.
    """

    item: str
    order: int
    mandatory: bool
    key: int | None = None
    method: str = ""
    role: str = ""
    no_data: bool = False
    where: str = ""
    sponsor: bool = False


@dataclass(frozen=True)
class ItemGroup:
    """A dataset."""

    oid: str
    name: str
    domain: str
    label: str
    structure: str
    klass: str
    subclass: str
    repeating: bool
    reference: bool
    purpose: str
    standard: str
    refs: tuple[ItemRef, ...]
    leaf: Leaf | None
    no_data: bool
    comment: str = ""


@dataclass(frozen=True)
class ValueList:
    """The values of one variable, each for the records of its where clause."""

    oid: str
    refs: tuple[ItemRef, ...]


@dataclass(frozen=True)
class RangeCheck:
    """A variable's value and these values, related by the comparator."""

    item: str
    comparator: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class WhereClause:
    """Conditions that all hold."""

    oid: str
    checks: tuple[RangeCheck, ...]


@dataclass(frozen=True)
class CodedTerm:
    """A term with its decode and NCI code."""

    value: str
    decode: str
    code: str
    extended: bool
    order: int


@dataclass(frozen=True)
class CodeListDef:
    """A codelist, or an external dictionary of a version."""

    oid: str
    name: str
    data_type: str
    code: str = ""
    standard: str = ""
    enumerated: bool = False
    terms: tuple[CodedTerm, ...] = ()
    dictionary: str = ""
    version: str = ""


@dataclass(frozen=True)
class Method:
    """How values are made; ``type`` is Computation or Imputation."""

    oid: str
    name: str
    type: str
    text: str
    documents: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True)
class Comment:
    """What a reviewer should know."""

    oid: str
    text: str
    documents: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True)
class AnalysisDataset:
    """The records and variables of one dataset that a result is made of."""

    group: str
    where: str
    variables: tuple[str, ...]


@dataclass(frozen=True)
class AnalysisResult:
    """One analysis: data, reason, purpose, documentation, programming statement."""

    oid: str
    title: str
    parameter: str
    reason: str
    purpose: str
    datasets: tuple[AnalysisDataset, ...]
    documentation: str
    documents: tuple[DocumentRef, ...]
    context: str
    code: str


@dataclass(frozen=True)
class ResultDisplay:
    """A table or figure with its results (ARM 1.0)."""

    oid: str
    name: str
    title: str
    documents: tuple[DocumentRef, ...]
    results: tuple[AnalysisResult, ...]


@dataclass(frozen=True)
class Define:
    """The whole document; ``created`` is ISO 8601, ``left_out`` names results without data."""

    study: str
    title: str
    standard: str
    version: str
    created: str
    software: str
    standards: tuple[Standard, ...]
    crf: str
    supplements: tuple[str, ...]
    value_lists: tuple[ValueList, ...]
    wheres: tuple[WhereClause, ...]
    groups: tuple[ItemGroup, ...]
    items: tuple[Item, ...]
    codelists: tuple[CodeListDef, ...]
    methods: tuple[Method, ...]
    comments: tuple[Comment, ...]
    leaves: tuple[Leaf, ...]
    displays: tuple[ResultDisplay, ...] = ()
    left_out: tuple[str, ...] = ()
