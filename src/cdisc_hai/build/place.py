"""Outputs written aside and then put in place: a failed build leaves the last good one alone."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cdisc_hai.errors import CdiscHaiError

MANIFEST = "manifest.json"


class OutputError(CdiscHaiError):
    """The folder for outputs cannot be used."""

    exit_code = 2


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """A folder beside ``out`` to write to; its files replace those of the build before when all
    went well. Files of ``out`` that no build wrote stay as they are."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file; name a folder for the outputs")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}; name another folder") from error
    try:
        yield stage
        _manifest(stage)
        _put(stage, out)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _manifest(stage: Path) -> None:
    """Every file with its SHA-256, so that a reader can tell what belongs to the build."""
    table = {
        name: hashlib.sha256((stage / name).read_bytes()).hexdigest() for name in _files(stage)
    }
    text = json.dumps({"format": 1, "files": table}, indent=1, sort_keys=True)
    (stage / MANIFEST).write_text(text + "\n", encoding="utf-8")


def manifest_files(out: Path) -> list[str]:
    """The files of the build that is in a folder; none where there is no build."""
    try:
        table = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return []
    return [name for name in table if ".." not in Path(name).parts and not Path(name).is_absolute()]


def _put(stage: Path, out: Path) -> None:
    before = set(manifest_files(out))
    names = _files(stage)
    out.mkdir(exist_ok=True)
    for name in names:
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (stage / name).replace(target)
    for name in sorted(before - set(names)):
        (out / name).unlink(missing_ok=True)
