"""An export looked at by somebody who knows nothing of the study: what its tables seem to be."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cdisc_hai.build.draft_dictionary import dictionary_in
from cdisc_hai.build.draft_instruments import BOX, COMPLETE, boxes, instruments
from cdisc_hai.build.draft_words import called, domain_of
from cdisc_hai.errors import RawError
from cdisc_hai.metadata import Layout
from cdisc_hai.metadata.dates import read_date
from cdisc_hai.metadata.study_file import ROLES
from cdisc_hai.raw.folder import ODM, OTHER, TEXT, ExportFolder, kind_of
from cdisc_hai.raw.table import RawTable

UNKNOWN = ("UNK", "UN", "NK", "XX", "??")
FULL = (
    "YYYY-MM-DD", "YYYY-MM-DDTHH:MM:SS", "YYYY-MM-DDTHH:MM", "YYYY-MM-DD HH:MM",
    "YYYY-MM-DD HH:MM:SS", "DD/MM/YYYY HH:MM", "DD/MM/YYYY", "MM/DD/YYYY HH:MM", "MM/DD/YYYY",
    "DD-MM-YYYY HH:MM:SS", "DD-MM-YYYY HH:MM", "DD-MM-YYYY", "MM-DD-YYYY", "DD.MM.YYYY HH:MM",
    "DD.MM.YYYY", "YYYY/MM/DD", "DD MON YYYY HH:MM", "DD MON YYYY", "DD-MON-YYYY", "DDMONYYYY",
    "DD/MON/YYYY", "YYYY MON DD", "DD MONTH YYYY", "MONTH DD, YYYY", "YYYY年MM月DD日",
)  # fmt: skip
PARTIAL = ("YYYY-MM", "MON YYYY", "MM/YYYY", "MM-YYYY", "YYYY年MM月", "YYYY")
TWO_ROWS = 2
LOOKED_AT, ENOUGH, NUMERIC, MOSTLY = 5000, 0.6, 0.8, 0.9


@dataclass
class DraftForm:
    """A table that seems to hold records of subjects."""

    name: str
    file: str
    table: RawTable
    header_row: int = 1
    roles: dict[str, str] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    once: bool = False
    where: Mapping[str, str] = field(default_factory=dict)
    filled: tuple[str, ...] = ()

    @property
    def items(self) -> list[str]:
        """The columns that were collected, those of the system left out."""
        system = {*self.roles.values(), *self.table.beside}
        return [c for c in self.table.frame.columns if c not in system]


@dataclass
class DraftExport:
    """What was seen; ``doubts`` are to be looked at by a person."""

    forms: list[DraftForm] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    dictionary: dict[str, dict[str, str]] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    active: str = ""
    cutoff: tuple[str, str] | None = None
    subjects_form: str = ""
    key: list[str] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    last_day: str = ""
    doubts: list[str] = field(default_factory=list)
    odm: bool = False
    beside_items: dict[str, str] = field(default_factory=dict)
    decimal_comma: bool = False


def look_at(folder: Path) -> DraftExport:
    """Raises RawError where the folder has no table with a column for subjects."""
    if not folder.is_dir():
        raise RawError(f"{folder}: no such folder of raw data")
    seen = DraftExport()
    for path, table, header_row in _tables(folder, seen):
        forms = called("subject", table.frame.columns)
        if forms and len(table.frame):
            name = table.name if table.file != path.name else path.stem
            seen.forms.append(DraftForm(name, path.name, table, header_row))
        else:
            seen.tables.append(table)
            seen.others.append(path.name)
    _ask_for_forms(seen, folder)
    _one_of_two(seen)
    files = {form.file for form in seen.forms}
    seen.dictionary = dictionary_in(seen.tables)
    files |= {part["file"] for part in seen.dictionary.values()}
    seen.others = [name for name in dict.fromkeys(seen.others) if name not in files]
    _instruments(seen)
    _roles(seen)
    # a column may be called as one for subjects and hold nothing, or something else
    seen.others += [form.file for form in seen.forms if not _role(seen, form, "subject")]
    seen.forms = [form for form in seen.forms if _role(seen, form, "subject")]
    _ask_for_forms(seen, folder)
    _dates(seen)
    _subjects(seen)
    return seen


def _ask_for_forms(seen: DraftExport, folder: Path) -> None:
    if not seen.forms:
        raise RawError(
            f"{folder}: no table has a column for subjects; rename one, or write raw.yaml by hand"
        )


def _instruments(seen: DraftExport) -> None:
    """A table of several forms is taken apart, and what stands beside the items is noted."""
    taken_apart: list[DraftForm] = []
    for form in seen.forms:
        found = instruments(form.table, seen.tables, seen.dictionary)
        taken_apart += [
            DraftForm(
                one.name, form.file, one.table, form.header_row,
                roles=dict(one.roles), where=one.where, filled=one.filled,
            )
            for one in found
        ] or [form]  # fmt: skip
    seen.forms = taken_apart
    shown = [form.table for form in seen.forms]
    if seen.dictionary and boxes(shown):
        seen.beside_items["checkbox"] = BOX
    if any(c.endswith(COMPLETE) for table in shown for c in table.frame.columns):
        seen.beside_items["suffixes"] = COMPLETE


def _one_of_two(seen: DraftExport) -> None:
    """An export that is there as text and as ODM is drafted from the text."""
    odm = {form.file for form in seen.forms if "SubjectKey" in form.table.beside}
    if odm and len(odm) < len({form.file for form in seen.forms}):
        seen.forms = [form for form in seen.forms if form.file not in odm]
        seen.others.extend(sorted(odm))
        seen.odm = False
        seen.doubts.append(f"{', '.join(sorted(odm))} may hold the same as the other files")


def _tables(folder: Path, seen: DraftExport) -> Iterable[tuple[Path, RawTable, int]]:
    files = ExportFolder(folder)
    for path in files.files():
        if path.suffix.lower() == ".json":
            seen.cutoff = seen.cutoff or _cutoff(path)
            continue
        kind = kind_of(path)
        if kind == OTHER:
            seen.others.append(path.name)
            continue
        seen.odm = seen.odm or kind == ODM
        try:
            tables, row = _read_file(files, path, kind)
        except RawError as error:
            seen.others.append(path.name)
            seen.doubts.append(f"cannot be read: {error}")
            continue
        yield from ((path, table, row) for table in tables)


def _read_file(files: ExportFolder, path: Path, kind: str) -> tuple[list[RawTable], int]:
    second = Layout(header_row=TWO_ROWS)
    try:
        tables = files.tables(path)
    except RawError:
        return files.tables(path, second), TWO_ROWS
    if kind == TEXT and _names_in_second_row(tables[0]):
        return files.tables(path, second), TWO_ROWS
    return tables, 1


def _names_in_second_row(table: RawTable) -> bool:
    """Labels above, identifiers below: no blanks in the second row, many in the first."""
    if not len(table.frame):
        return False
    second = [str(cell) for cell in table.frame.iloc[0]]
    words = [cell.replace("_", "").isalnum() and not cell[0].isdigit() for cell in second if cell]
    blanks = sum(" " in name for name in table.frame.columns)
    return bool(words) and all(words) and len(words) == len(second) and blanks > 0


def _cutoff(path: Path) -> tuple[str, str] | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError:
        return None
    dated = [
        key
        for key, value in (told.items() if isinstance(told, dict) else ())
        if isinstance(value, str) and len(read_date(value, FULL, ())[0]) >= len("2024-01-01")
    ]
    cut = [key for key in dated if "cut" in key.casefold()]
    return (path.name, (cut or dated)[0]) if dated else None


def _roles(seen: DraftExport) -> None:
    """Roles that all forms share, and those of single forms."""
    for form in seen.forms:
        taken = set(form.roles.values())
        columns = list(form.table.frame.columns)
        for role in ("study", "subject", *(r for r in ROLES if r not in ("study", "subject"))):
            for column in called(role, columns):
                if column not in taken and _fits(role, form.table.frame[column]):
                    form.roles[role] = column
                    taken.add(column)
                    break
    for role in ROLES:
        told = {form.roles.get(role) for form in seen.forms}
        if len(told) == 1 and None not in told:
            seen.roles[role] = str(told.pop())
    if "active" in seen.roles:
        values = Counter(
            value for form in seen.forms for value in form.table.frame[seen.roles["active"]]
        )
        seen.active = values.most_common(1)[0][0]
    for form in seen.forms:
        form.roles = {
            role: column
            for role, column in form.roles.items()
            if role != "active" or "active" in seen.roles
        }


def _fits(role: str, values: pd.Series) -> bool:
    filled = values[values.ne("")]
    if role == "study":
        return filled.nunique() == 1
    if role in ("subject", "active"):
        return len(filled) == len(values)
    return bool(len(filled))


def _dates(seen: DraftExport) -> None:
    """Columns of dates and numbers, the formats and words for unknown parts that they use."""
    formats: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    for form in seen.forms:
        for column in form.items:
            values = [v for v in form.table.frame[column].unique().tolist() if v][:LOOKED_AT]
            if not values:
                continue
            found = _formats_of(values)
            if found:
                form.dates.append(column)
                formats.update(found)
                unknown.update(w for w in UNKNOWN for v in values if _holds(v, w))
                seen.last_day = max(
                    seen.last_day, *(read_date(v, (*found,), ())[0] for v in values)
                )
            elif _numeric(values):
                form.numbers.append(column)
                marks.update(m[1] for v in values if (m := re.fullmatch(r"\D*\d+([.,])\d+", v)))
    seen.decimal_comma = marks[","] > marks["."]
    if marks[","] and marks["."]:
        seen.doubts.append("some numbers have a decimal comma, others a point; see 'decimal'")
    order = [*FULL, *PARTIAL]
    seen.formats = [f for f in order if formats[f]] or ["YYYY-MM-DD"]
    seen.unknown = [w for w in UNKNOWN if unknown[w]]
    for first, second in (("DD/MM/YYYY", "MM/DD/YYYY"), ("DD-MM-YYYY", "MM-DD-YYYY")):
        if first in seen.formats and second in seen.formats:
            out = second if formats[first] >= formats[second] else first
            seen.formats = [f for f in seen.formats if not f.startswith(out)]
            seen.doubts.append(f"some dates look like {first}, others like {second}")


def _formats_of(values: list[str]) -> Counter[str]:
    """The formats that a column's values are written in, with how many; none for other columns."""
    found: Counter[str] = Counter()
    left = values
    for forms in (FULL, PARTIAL):
        while left:
            counts = {form: sum(bool(_read(v, form)[0]) for v in left) for form in forms}
            best = max(counts, key=lambda form: counts[form])
            if not counts[best]:
                break
            found[best] = counts[best]
            left = [v for v in left if not _read(v, best)[0]]
        if not found:
            return found
    return found if len(left) <= (1 - ENOUGH) * len(values) else Counter()


def _holds(value: str, word: str) -> bool:
    return bool(re.search(rf"(?<![A-Z]){re.escape(word)}(?![A-Z])", value.upper()))


def _read(value: str, form: str) -> tuple[str, str]:
    return read_date(value, (form,), UNKNOWN)


def _numeric(values: list[str]) -> bool:
    numbers = pd.to_numeric(pd.Series(values).str.replace(",", ".", regex=False), errors="coerce")
    return bool(numbers.notna().mean() >= NUMERIC)


def _subjects(seen: DraftExport) -> None:
    """The form that every subject has, the subject's key, and the visits."""
    seen.key = ["subject"]
    if "site" in seen.roles and any(_many_sites(seen, form) for form in seen.forms):
        seen.key = ["site", "subject"]
    if "study" in seen.roles:
        seen.key.insert(0, "study")
    ranks = []
    for place, form in enumerate(seen.forms):
        columns = [_role(seen, form, role) for role in seen.key]
        rows = form.table.frame[columns]
        subjects = len(rows.drop_duplicates())
        form.once = subjects == len(rows)
        named = domain_of(form.name, ("DM",)) == "DM"
        ranks.append((named, subjects >= MOSTLY * len(rows), subjects, -place))
    best = max(ranks)
    seen.subjects_form = seen.forms[ranks.index(best)].name
    if not best[1]:
        seen.doubts.append("no form has one row a subject")
    visits: dict[str, None] = {}
    for form in seen.forms:
        folder = _role(seen, form, "folder")
        if folder:
            visits.update(dict.fromkeys(v for v in form.table.frame[folder].unique() if v))
    seen.visits = list(visits)


def _many_sites(seen: DraftExport, form: DraftForm) -> bool:
    columns = [_role(seen, form, role) for role in ("subject", "site")]
    pairs = form.table.frame[columns].drop_duplicates()
    return bool(pairs[columns[0]].duplicated().any())


def _role(seen: DraftExport, form: DraftForm, role: str) -> str:
    return form.roles.get(role) or seen.roles.get(role, "")
