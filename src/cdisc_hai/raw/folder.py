"""The files of an export: which table of which file is a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd

from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Form, Layout, OdmLayout
from cdisc_hai.raw.csv_file import read_text
from cdisc_hai.raw.excel_file import read_workbook
from cdisc_hai.raw.odm_file import read_odm
from cdisc_hai.raw.odm_metadata import OdmMetadata
from cdisc_hai.raw.sas_file import TRANSPORT, read_sas
from cdisc_hai.raw.table import RawTable

TEXT, EXCEL, SAS, ODM, OTHER = "text", "excel", "sas", "odm", "other"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".dat", ".asc", "")
SAS7BDAT_START = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c")
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = 4096


def kind_of(path: Path) -> str:
    """What a file is, by how it begins, then by its suffix."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    suffix = path.suffix.lower()
    if head.startswith(TRANSPORT) or head.startswith(SAS7BDAT_START):
        return SAS
    if head.startswith(OLD_EXCEL) and suffix == ".xls":
        raise RawError(f"{path.name}: an Excel file of before 2007; save it as .xlsx")
    if head.startswith(b"PK\x03\x04") or suffix in (".xlsx", ".xlsm"):
        return EXCEL if suffix in (".xlsx", ".xlsm", "") else OTHER
    if suffix in (".sas7bdat", ".xpt"):
        return SAS
    if head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return ODM if b"<ODM" in head.replace(b"\0", b"") or suffix in (".odm", ".xml") else OTHER
    return TEXT if suffix in TEXT_SUFFIXES else OTHER


@dataclass
class ExportFolder:
    """Finds tables, reads each file once, and knows what nobody asked for."""

    path: Path
    odm: OdmLayout = field(default_factory=OdmLayout)
    layout: Layout = field(default_factory=Layout)
    notes: list[Finding] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    files_used: set[str] = field(default_factory=set)
    metadata: list[tuple[str, OdmMetadata]] = field(default_factory=list)
    taken: dict[str, pd.Series] = field(default_factory=dict)
    _read: dict[tuple[str, Layout], list[RawTable]] = field(default_factory=dict)

    def files(self) -> list[Path]:
        """The files of the folder, by name; hidden ones are passed over, and the locks (``~$``)
        that Excel leaves beside a workbook that somebody has open."""
        found = sorted(self.path.iterdir(), key=lambda p: p.name)
        return [p for p in found if p.is_file() and not p.name.startswith((".", "~$"))]

    def tables(self, path: Path, layout: Layout | None = None) -> list[RawTable]:
        """The tables of one file; raises RawError where it cannot be read."""
        layout = layout or self.layout
        if (path.name, layout) not in self._read:
            self._read[path.name, layout] = self._tables(path, layout)
        return self._read[path.name, layout]

    def _tables(self, path: Path, layout: Layout) -> list[RawTable]:
        kind = kind_of(path)
        if kind == EXCEL:
            return read_workbook(path, layout.header_row)
        if kind == SAS:
            return [read_sas(path, layout.encoding)]
        if kind == ODM:
            odm = read_odm(path, self.odm)
            self.metadata.append((path.name, odm.metadata))
            return list(odm.tables)
        return [read_text(path, layout)]

    def table(self, form: Form) -> RawTable | None:
        """The table of a form: its file, else a sheet, dataset or group of its name.

        Raises RawError where several may be meant.
        """
        named = self._named(form.file)
        if named is not None:
            tables = self.tables(named, form.layout)
            found = [t for t in tables if not form.table or _called(t, form.table)]
            if len(found) > 1:
                called = [t for t in found if _called(t, form.name)]
                found = called or found
        else:
            names = (form.table,) if form.table else (form.name, Path(form.file).stem)
            found = [t for name in dict.fromkeys(names) for t in self._anywhere(name, form)]
            found = list({t.file: t for t in found}.values())
        return self._one(form, found)

    def _one(self, form: Form, found: list[RawTable]) -> RawTable | None:
        if len(found) > 1:
            files = ", ".join(t.file for t in found)
            raise RawError(
                f"form '{form.name}' may be any of {files}; say 'file' or 'table' at {form.at}"
            )
        if not found:
            return None
        (table,) = found
        if table.file not in self.used:
            self.notes.extend(table.notes)
        self.used.add(table.file)
        return table

    def file(self, name: str) -> RawTable | None:
        """The only table of a file, or the table that its name without suffix calls."""
        named = self._named(name)
        tables = (
            self.tables(named) if named is not None else list(self._anywhere(Path(name).stem, None))
        )
        called = [t for t in tables if _called(t, Path(name).stem)]
        table = next(iter(called if len(tables) > 1 else tables), None)
        if table is not None:
            self.used.add(table.file)
        return table

    def _named(self, name: str) -> Path | None:
        """A file by its name, or the only one that fits a name with ``*``."""
        if "*" not in name:
            path = self.path / name
            if path.is_file():
                self.files_used.add(name)
            return path if path.is_file() else None
        found = [p for p in self.files() if fnmatchcase(p.name.lower(), name.lower())]
        if len(found) > 1:
            shown = ", ".join(p.name for p in found)
            raise RawError(f"'{name}' in raw.yaml fits {shown}; only one of them can be meant")
        if found:
            self.files_used.add(found[0].name)
        return found[0] if found else None

    def _anywhere(self, name: str, form: Form | None) -> Iterator[RawTable]:
        layout = form.layout if form else self.layout
        for path in self.files():
            kind = kind_of(path)
            alone = path.stem.casefold() == name.casefold()
            if kind in (EXCEL, ODM) or (kind in (SAS, TEXT) and alone):
                yield from (t for t in self.tables(path, layout) if _called(t, name))

    def odm_metadata(self) -> list[tuple[str, OdmMetadata]]:
        """What the ODM files of the folder say of forms and codes."""
        for path in self.files():
            if kind_of(path) == ODM:
                self.tables(path)
        return self.metadata

    def take(self, table: RawTable, rows: pd.Series) -> None:
        """Note which rows of a table a form takes."""
        before = self.taken.get(table.file)
        self.taken[table.file] = rows if before is None else before | rows

    def left(self) -> Iterator[tuple[RawTable, list[str]]]:
        """Rows of tables that forms share, which none of them takes."""
        for tables in self._read.values():
            for table in tables:
                rows = self.taken.get(table.file)
                if rows is not None and not rows.all():
                    places = (~rows).to_numpy().nonzero()[0]
                    yield table, [table.sources[place] for place in places]

    def forget(self) -> None:
        """Let go of the tables; whoever made frames of them keeps these."""
        self._read.clear()
        self.taken.clear()

    def strange(self) -> Iterator[tuple[str, str]]:
        """(name, source) of files, and of tables with rows in them, that nobody asked for; folders
        within the folder are not looked into, and so are told as well."""
        for path in sorted(self.path.iterdir(), key=lambda p: p.name):
            if path.is_dir() and not path.name.startswith("."):
                yield f"{path.name}/", f"{path.name}/"
        read = {name: tables for (name, _), tables in self._read.items()}
        for path in self.files():
            tables = read.get(path.name, [])
            used = [t for t in tables if t.file in self.used]
            if path.name in self.files_used and len(tables) <= 1:
                continue
            if not used:
                yield path.name, f"{path.name}:1"
                continue
            for table in tables:
                if table.file not in self.used and len(table.frame):
                    yield table.file, table.header


def _called(table: RawTable, name: str) -> bool:
    return name.casefold() in {n.casefold() for n in (table.name, *table.others)}
