"""A folder that an EDC system exported, read form by form and sifted."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Form, RawSpec, Study
from cdisc_hai.metadata.columns_read import columns_read, date_columns
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.dates import read_date
from cdisc_hai.metadata.frames import apart, columns_of, combined, rows_where
from cdisc_hai.metadata.shapes import did_you_mean
from cdisc_hai.raw.accounting import Accounting
from cdisc_hai.raw.answers import answer_findings
from cdisc_hai.raw.catalogue import Item, of_columns
from cdisc_hai.raw.decodes import code_findings
from cdisc_hai.raw.dictionary import Dictionary, read_dictionary
from cdisc_hai.raw.folder import ExportFolder
from cdisc_hai.raw.implausible import last_plausible_day
from cdisc_hai.raw.places import roles_of
from cdisc_hai.raw.right_folder import ask_for_export
from cdisc_hai.raw.sift import Sifter
from cdisc_hai.raw.table import RawTable
from cdisc_hai.registry import operations

NUMBERED = frozenset({"repeat", "folder_repeat", "activity"})


@dataclass(frozen=True)
class RawExport:
    """What the mapping works on: sifted frames by form, findings, and every row's fate.

    Each frame holds the form's columns as text, ``@src`` (``file:row``), and the roles that
    raw.yaml names as ``@subject``, ``@record``, ``@folder`` ...; ``@key`` is the subject's key.
    ``roles`` are those of all rows as read that tell whose records they are, those that were
    sifted out too. ``visits`` has each folder of a form once (``@folder``, ``@folder_number``).
    """

    frames: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    accounting: Accounting
    cutoff: str
    catalogue: tuple[Item, ...] = ()
    roles: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    visits: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    lean: bool = False

    def done_with(self, form: str) -> None:
        """Let go of a form's records, when ``lean``: nothing will ask for them again."""
        if self.lean:
            self.frames.pop(form, None)


def read_cutoff(folder: Path, raw: RawSpec) -> str:
    """The cut-off date as the export tells it; empty when raw.yaml names none."""
    spec = raw.cutoff
    if not spec:
        return ""
    path = _in_any_case(folder, spec["file"])
    if path is None:
        raise RawError(f"{spec['file']}: missing; it tells the data cut-off")
    try:
        value = str(json.loads(path.read_text(encoding="utf-8-sig"))[spec["key"]])
    except (ValueError, KeyError, TypeError) as error:
        raise RawError(
            f"{spec['file']}: no '{spec['key']}' to be read as JSON; write it there as a date, "
            "or name its place in 'cutoff' of raw.yaml"
        ) from error
    iso, wrong = read_date(value, raw.date_formats, ())
    if wrong or len(iso) != len("YYYY-MM-DD"):
        raise RawError(
            f"{spec['file']}: '{spec['key']}' is '{value}', not a complete date; write it as "
            "2025-12-31, or add its format to 'date_formats' in raw.yaml"
        )
    return iso


def _in_any_case(folder: Path, name: str) -> Path | None:
    """A file by its name, else the one that differs from it by capitals alone."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    alike = [path for path in files if path.name.casefold() == name.casefold()]
    return next((path for path in alike if path.name == name), next(iter(alike), None))


def read_export(folder: Path, study: Study, *, lean: bool = False) -> RawExport:
    """Read and sift an export; raises RawError where nothing can be built from it.

    ``lean`` lets go of what takes memory and is not asked for again: columns that no spec reads,
    once they have been checked, and the records of each form, once they are mapped.
    """
    raw = study.raw
    ask_for_export(folder, raw.forms.values())
    cutoff = read_cutoff(folder, raw)
    files = ExportFolder(folder, raw.odm, raw.layout)
    dictionary = read_dictionary(files, raw.dictionary)
    findings: list[Finding] = []
    accounting = Accounting()
    needed = columns_read(study, operations())
    frames = _read_forms(files, raw, dictionary, needed, findings)
    for name, sources in {name: frame["@src"] for name, frame in frames.items()}.items():
        accounting.read(name, sources)
    findings.extend([*files.notes, *_rows_of_no_form(files, raw), *_strange_files(files, raw)])
    last = last_plausible_day(frames, raw, cutoff)
    dated = date_columns(study, operations())
    sifter = Sifter(study, cutoff, accounting, findings, dated, last)
    columns = {name: list(frame.columns) for name, frame in frames.items()}
    items = dictionary.catalogue or of_columns(columns)
    roles = {name: roles_of(frame) for name, frame in frames.items()}
    files.forget()
    kept = sifter.sift(frames)
    for name, frame in kept.items():
        form = raw.forms[name]
        findings.extend(code_findings(frame, form, dictionary))
        findings.extend(answer_findings(form, frame, dictionary))
    if lean:
        kept = {name: _read_columns(frame, needed[name]) for name, frame in kept.items()}
    visits = {name: _visits(frame) for name, frame in kept.items() if "@folder" in frame}
    return RawExport(kept, tuple(findings), accounting, cutoff, items, roles, visits, lean)


def _read_forms(
    files: ExportFolder,
    raw: RawSpec,
    dictionary: Dictionary,
    needed: Mapping[str, Mapping[str, str]],
    findings: list[Finding],
) -> dict[str, pd.DataFrame]:
    """Every form with the columns that it should have."""
    read: list[tuple[Form, RawTable, pd.DataFrame]] = []
    for form in raw.forms.values():
        wanted = [*needed[form.name], *dictionary.columns(form.known_as)]
        frame, table = _read_form(files, form, raw, wanted, findings)
        frame = _with_columns(frame, table, needed[form.name], findings)
        read.append((form, table, frame))
    findings.extend(_strange_columns(read, dictionary))
    return {form.name: frame for form, _, frame in read}


def _read_columns(frame: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """The columns that specs read, and the roles."""
    return columns_of(frame, [c for c in frame.columns if c[:1] == "@" or c in names])


def _visits(frame: pd.DataFrame) -> pd.DataFrame:
    first = frame["@folder"].drop_duplicates().index
    names = [name for name in ("@folder", "@folder_number") if name in frame.columns]
    return frame.loc[first, names]


def form_faults(folder: Path, study: Study) -> Iterator[tuple[str, RawError]]:
    """(spec line, error) for all of an export that would stop a build: its cut-off, its dictionary,
    and each form from which nothing can be read."""
    raw = study.raw
    try:
        ask_for_export(folder, raw.forms.values())
    except RawError as error:
        yield raw.at, error
        return
    files = ExportFolder(folder, raw.odm, raw.layout)
    for read in (
        lambda: read_cutoff(folder, raw),
        lambda: read_dictionary(files, raw.dictionary),
    ):
        try:
            read()
        except RawError as error:
            yield raw.at, error
    told: set[str] = set()
    for form in study.raw.forms.values():
        try:
            _read_form(files, form, study.raw, (), [])
        except RawError as error:
            if str(error) not in told:
                told.add(str(error))
                yield form.at, error


def _read_form(
    folder: ExportFolder, form: Form, raw: RawSpec, needed: Iterable[str], findings: list[Finding]
) -> tuple[pd.DataFrame, RawTable]:
    table = folder.table(form)
    if table is None:
        if form.required:
            raise RawError(f"{form.file}: missing; nothing can be built without it")
        findings.append(
            Finding(
                rule="RAW-MISSING-FORM",
                severity="warning",
                message=f"the export has no file {form.file}",
                spec=form.at,
                mend="export the form too, or take it out of raw.yaml",
            )
        )
        empty = pd.DataFrame({c: pd.Series(dtype=object) for c in form.roles.values()})
        table = RawTable(form.name, form.file, empty, ())
    frame = table.spelled([*form.roles.values(), *needed])
    missing = [c for role, c in form.roles.items() if c not in frame.columns]
    if missing:
        alike = [c for c in frame.columns if c.casefold() == missing[0].casefold()]
        hint = f"; did you mean '{alike[0]}'?" if alike else did_you_mean(missing[0], frame.columns)
        raise RawError(
            f"{table.file}: no column '{missing[0]}', which {form.at} names; "
            f"name the right one there, or export it{hint}"
        )
    if raw.missing:
        told = {name: values.mask(values.isin(raw.missing), "") for name, values in frame.items()}
        frame = apart(told, frame.index)
    rows = _of_form(frame, form)
    folder.take(table, rows)
    sources = pd.Series(table.sources, index=frame.index, dtype=object)
    frame, sources = rows_where(frame, rows), sources if rows.all() else sources[rows]
    roles = {f"@{role}": frame[column] for role, column in form.roles.items()}
    # what some forms have a number for, and this one has not, is empty here
    for role in sorted((NUMBERED & raw.roles) - form.roles.keys()):
        roles[f"@{role}"] = pd.Series("", index=frame.index, dtype=object)
    named = {
        **roles,
        "@key": _key(roles, raw, frame.index),
        "@src": sources,
        "@row": pd.Series(frame.index, index=frame.index, dtype=float),
    }
    return frame.assign(**named).reset_index(drop=True), table


def _of_form(frame: pd.DataFrame, form: Form) -> pd.Series:
    """The rows that are records of a form, of a table that several forms may share."""
    rows = matches(frame, form.where)
    if form.filled:
        columns = [frame[c].ne("") for c in form.filled if c in frame.columns]
        some = pd.concat(columns, axis=1).any(axis=1) if columns else rows & False
        rows = rows & some
    return rows


def _with_columns(
    frame: pd.DataFrame, table: RawTable, needed: Mapping[str, str], findings: list[Finding]
) -> pd.DataFrame:
    """A column that specs read and the export lacks is empty, and told."""
    missing = {name: at for name, at in needed.items() if name not in frame.columns}
    if len(frame):
        findings.extend(
            Finding(
                rule="RAW-MISSING-COLUMN",
                severity="error",
                message=f"{table.file} has no column {name}, which the specs read; taken as empty",
                variable=name,
                sources=(table.header,),
                spec=at,
                mend="export the column, or correct its name in the specs",
            )
            for name, at in missing.items()
        )
    return frame.assign(
        **{name: pd.Series("", index=frame.index, dtype=object) for name in missing}
    )


def _key(roles: Mapping[str, pd.Series], raw: RawSpec, index: pd.Index) -> pd.Series:
    """The subject's key: the parts in order with the separator between them."""
    parts = [roles[f"@{part}"] for part in raw.subject_parts if f"@{part}" in roles]
    if not parts or not len(index):
        return pd.Series("", index=index, dtype=object)
    codes, first = combined(parts)
    subjects = zip(*(part.iloc[first] for part in parts), strict=True)
    keys = np.array([raw.separator.join(subject) for subject in subjects], dtype=object)
    return pd.Series(keys[codes], index=index, dtype=object)


def _strange_columns(
    read: list[tuple[Form, RawTable, pd.DataFrame]], dictionary: Dictionary
) -> list[Finding]:
    """Columns that are known to none of the forms that share a table."""
    sharing: dict[str, list[Form]] = {}
    for form, table, _ in read:
        sharing.setdefault(table.file, []).append(form)
    findings: dict[tuple[str, str], Finding] = {}
    for form, table, frame in read:
        forms = sharing[table.file]
        if all(dictionary.items_of(other.known_as) is None for other in forms):
            continue
        passed = set(table.beside).union(*([*f.roles.values(), *f.where] for f in forms))
        for column in frame.columns:
            strange = not column.startswith("@") and column not in passed
            if strange and not any(dictionary.knows(f.known_as, column) for f in forms):
                findings.setdefault(
                    (table.file, column),
                    Finding(
                        rule="RAW-STRANGE-COLUMN",
                        severity="note",
                        message=f"column {column} is not in {dictionary.file}",
                        variable=column,
                        sources=(table.header,),
                        spec=form.at,
                        mend="nothing reads it; add it to the dictionary or leave it",
                    ),
                )
    return list(findings.values())


def _strange_files(folder: ExportFolder, raw: RawSpec) -> list[Finding]:
    known = {name.casefold() for name in (raw.cutoff.get("file", ""), *raw.ignored)}
    return [
        Finding(
            rule="RAW-STRANGE-FILE",
            severity="warning",
            message=f"no spec reads {name}",
            sources=(source,),
            spec=raw.at,
            mend="name it as a form in raw.yaml, with 'not_submitted' if it is not needed",
        )
        for name, source in folder.strange()
        if name.casefold() not in known
    ]


def _rows_of_no_form(folder: ExportFolder, raw: RawSpec) -> list[Finding]:
    return [
        Finding(
            rule="RAW-NO-FORM",
            severity="error",
            message="the row is a record of none of the forms that share its file",
            sources=(source,),
            spec=raw.at,
            mend="correct the row, or 'where' and 'filled' of the forms in raw.yaml",
        )
        for _, sources in folder.left()
        for source in sources
    ]
