"""Whether a folder can be the export at all, told before anything in it is missed by name."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from cdisc_hai.errors import RawError
from cdisc_hai.metadata import Form

OF_MANY_TABLES = (".xlsx", ".xlsm", ".xml", ".odm")
OF_ONE_TABLE = (".csv", ".tsv", ".txt", ".dat", ".asc", "", ".xpt", ".sas7bdat", ".xls")
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar")


def ask_for_export(folder: Path, forms: Iterable[Form]) -> None:
    """RawError where no file of the folder may be a form: another folder is meant, or its export
    is still packed."""
    if not folder.is_dir():
        raise RawError(f"{folder}: no such folder of raw data")
    files = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    wanted = [(form.file.casefold(), form.name.casefold()) for form in forms]
    if any(_may_be(path, wanted) for path in files):
        return
    packed = [path.name for path in files if path.suffix.lower() in ARCHIVES]
    if packed:
        raise RawError(f"{folder}: {packed[0]} is an archive; unpack it and name the folder")
    inside = [path.name for path in files if path.is_dir() and _holds(path, wanted)]
    mend = f"is {folder / inside[0]} meant?" if inside else "name the folder that was exported"
    raise RawError(f"{folder}: holds no file of any form of raw.yaml; {mend}")


def _holds(folder: Path, wanted: Iterable[tuple[str, str]]) -> bool:
    return any(_may_be(path, wanted) for path in folder.iterdir())


def _may_be(path: Path, wanted: Iterable[tuple[str, str]]) -> bool:
    if path.is_dir():
        return False
    name, stem = path.name.casefold(), path.stem.casefold()
    one_table = path.suffix.lower() in OF_ONE_TABLE
    return path.suffix.lower() in OF_MANY_TABLES or any(
        fnmatchcase(name, file) or (one_table and stem in (Path(file).stem, form))
        for file, form in wanted
    )
