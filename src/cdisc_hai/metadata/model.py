"""The specs as frozen values; every one knows the file and line where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cdisc_hai.metadata.define_model import DefineSpec

FORMAT = 1
"""The version of the spec format that this package reads."""

SCHEDULE = ("name", "number", "planned", "day", "starts", "ends")
"""The columns of a block whose rows are the schedule of visits."""

TEXT_TYPES = ("text", "date", "datetime", "partialDate", "duration")
NUMBER_TYPES = ("integer", "float", "sas_date")


@dataclass(frozen=True)
class Step:
    """One operation with its parameters, for some record blocks or (empty) for all."""

    op: str
    params: Mapping[str, Any]
    at: str
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variable:
    """One variable: mapping, check, XPT item and define item follow from this entry."""

    name: str
    label: str
    type: str
    steps: tuple[Step, ...]
    at: str
    role: str = ""
    core: str = ""
    codelist: str = ""
    format: str = ""
    origin: str = ""
    keep: bool = True
    comment: str = ""
    dictionary: str = ""
    qualifier: bool = False
    sponsor: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the variable is character in SAS."""
        return self.type in TEXT_TYPES

    def step(self, block: str) -> Step | None:
        """The operation that makes this variable in a record block."""
        for step in self.steps:
            if not step.blocks or block in step.blocks:
                return step
        return None


@dataclass(frozen=True)
class Block:
    """One way in which source rows become records of a dataset.

    ``kind`` is ``form`` (a raw form), ``dataset`` (another SDTM dataset), ``gather`` (dates of
    several forms by subject and folder), ``rows`` (typed in the spec) or ``schedule`` (the visits
    of study.yaml). ``needs`` names datasets without whose records the block has none either.
    """

    name: str
    kind: str
    source: str
    where: Mapping[str, Any]
    params: Mapping[str, Any]
    at: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parameter:
    """A parameter of an ADaM dataset, and the derivation that makes its records."""

    paramcd: str
    param: str
    step: Step
    at: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    population: Mapping[str, Any] = field(default_factory=dict)
    codelist: str = ""


@dataclass(frozen=True)
class Check:
    """A condition that records must meet; those that do not become findings."""

    step: Step
    rule: str
    severity: str
    message: str
    mend: str
    where: Mapping[str, Any]
    at: str


@dataclass(frozen=True)
class Dataset:
    """An SDTM domain or ADaM dataset."""

    name: str
    label: str
    klass: str
    structure: str
    keys: tuple[str, ...]
    variables: tuple[Variable, ...]
    at: str
    standard: str
    blocks: tuple[Block, ...] = ()
    qualifiers: tuple[Variable, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    rows: tuple[Parameter, ...] = ()
    population: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    lowest: Mapping[str, Any] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    submit: bool = True
    comment: str = ""
    moment_places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Where moments stand, by their name; those of one derivation by its place before it."""

    def variable(self, name: str) -> Variable | None:
        """A variable by name, submitted or not."""
        return next((v for v in self.variables if v.name == name), None)

    @property
    def makers(self) -> tuple[Parameter, ...]:
        """What makes records: ``rows`` first, then the parameters."""
        return (*self.rows, *self.parameters)

    @property
    def submitted(self) -> tuple[Variable, ...]:
        """The variables that are written, in order."""
        return tuple(v for v in self.variables if v.keep)


@dataclass(frozen=True)
class Term:
    """A term of a codelist."""

    term: str
    code: str = ""
    decode: str = ""
    extended: bool = False
    at: str = ""


@dataclass(frozen=True)
class Codelist:
    """A codelist with its NCI code; ``open`` lists may be extended.

    ``publishing_set`` is the set of CDISC terminology that it is published in (SDTM, ADaM).
    """

    name: str
    code: str
    label: str
    extensible: bool
    terms: tuple[Term, ...]
    at: str
    publishing_set: str = "SDTM"

    @property
    def values(self) -> tuple[str, ...]:
        """The submission values."""
        return tuple(term.term for term in self.terms)

    @property
    def decodes(self) -> dict[str, str]:
        """The decode of each term."""
        return {term.term: term.decode for term in self.terms}


@dataclass(frozen=True)
class Recode:
    """Collected code to term; what is not here is a finding and never a guess."""

    name: str
    codelist: str
    terms: Mapping[str, str]
    at: str


@dataclass(frozen=True)
class Layout:
    """How a table is written in its file; empty where the reader is to find it."""

    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1


@dataclass(frozen=True)
class OdmLayout:
    """How ODM files become tables: what makes a row, and columns made from the keys.

    ``columns`` are ``{key, after, before, values}`` by the column's name.
    """

    by_form: bool = False
    columns: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    decode_suffix: str = ""


@dataclass(frozen=True)
class Answers:
    """What a record of a form is to answer, if it fits ``where``.

    ``present`` columns have a value, ``absent`` ones have none, and ``must`` is a condition on
    others; ``message`` tells in the study's own words of a record that does not meet it.
    """

    where: Mapping[str, Any]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    must: Mapping[str, Any]
    message: str
    at: str


@dataclass(frozen=True)
class Steady:
    """Columns whose value is the same in all records (that fit ``where``) that agree in ``by``."""

    by: tuple[str, ...]
    columns: tuple[str, ...]
    where: Mapping[str, Any]
    at: str


@dataclass(frozen=True)
class Form:
    """A form of the export: its file, its columns' roles, its dates for the cut-off.

    ``where`` and ``filled`` take its records out of a table that several forms share.
    """

    name: str
    file: str
    dates: tuple[str, ...]
    roles: Mapping[str, str]
    at: str
    required: bool = False
    once_per_subject: bool = False
    once_per: tuple[str, ...] = ()
    not_submitted: tuple[tuple[Mapping[str, Any], str, str], ...] = ()
    table: str = ""
    layout: Layout = Layout()
    where: Mapping[str, Any] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    known_as: str = ""
    unique_by: tuple[str, ...] = ()
    answers: tuple[Answers, ...] = ()
    steady: tuple[Steady, ...] = ()


@dataclass(frozen=True)
class RawSpec:
    """How the export is laid out."""

    forms: Mapping[str, Form]
    subject_parts: tuple[str, ...]
    separator: str
    active_value: str
    subjects_form: str
    date_formats: tuple[str, ...]
    unknown_parts: tuple[str, ...]
    dictionary: Mapping[str, Any]
    cutoff: Mapping[str, Any]
    at: str
    layout: Layout = Layout()
    odm: OdmLayout = OdmLayout()
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    decimal_mark: str = "."
    time_formats: tuple[str, ...] = ("HH:MM", "HH:MM:SS")
    earliest_date: str = ""
    days_ahead: float | None = None

    @property
    def roles(self) -> frozenset[str]:
        """The roles that any form has."""
        return frozenset(role for form in self.forms.values() for role in form.roles)

    @classmethod
    def none(cls, at: str) -> RawSpec:
        """Of a study that is analysed from SDTM of others, and has no export."""
        return cls({}, (), "-", "", "", (), (), {}, {}, at)


@dataclass(frozen=True)
class Imputation:
    """How a partial date is completed; the same rule wherever it is named.

    ``to`` is the first, last or middle day of the known month, with ``months`` also of the known
    year; ``after`` names a variable whose next day, ``same`` one whose day is taken where it falls
    in that month, neither where the date of ``unless_ended`` lies before it; ``bounds`` are dates
    that the result may not pass, with ``within`` only those of them that lie in the collected month
    (or year).
    """

    name: str
    to: str
    at: str
    after: str = ""
    same: str = ""
    unless_ended: str = ""
    months: bool = False
    bounds: tuple[str, ...] = ()
    within: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit of the schedule: name, number, whether it is planned, and on which study day.

    ``starts`` and ``ends`` are the protocol's rules for its start and end, in words.
    """

    name: str
    number: float
    planned: bool = True
    day: float | None = None
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True)
class Explained:
    """Why a rule of ``judge`` (``core`` or ``own``) may speak of right data in these datasets.

    ``where`` says of which records: a condition on the values that the judge tells with an issue.
    """

    judge: str
    rule: str
    datasets: tuple[str, ...]
    reason: str
    where: Mapping[str, Any]
    at: str


@dataclass(frozen=True)
class Study:
    """Everything that the specs say."""

    id: str
    title: str
    encoding: str
    standards: Mapping[str, str]
    constants: Mapping[str, Any]
    visits: tuple[Visit, ...]
    imputations: Mapping[str, Imputation]
    raw: RawSpec
    codelists: Mapping[str, Codelist]
    recodes: Mapping[str, Recode]
    sdtm: Mapping[str, Dataset]
    adam: Mapping[str, Dataset]
    cutoff_source: Mapping[str, Any] = field(default_factory=dict)
    define: DefineSpec = field(default_factory=DefineSpec)
    at: str = ""
    folder: str = ""
    explained: tuple[Explained, ...] = ()
