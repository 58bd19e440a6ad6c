"""Outputs written aside and then put in place: a failed build leaves the last good one alone."""

from __future__ import annotations

import errno
import glob
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cdisc_hai.build.swap import is_free, locked, recover, swap
from cdisc_hai.errors import CdiscHaiError

MANIFEST = "manifest.json"
PART = ".part"
YOUNG = 60  # seconds in which a folder may belong to a build that has not locked it yet


class OutputError(CdiscHaiError):
    """The folder for outputs cannot be used."""

    exit_code = 2


@contextmanager
def aside(out: Path) -> Iterator[Path]:
    """A folder beside ``out`` to write to, which takes its place when all went well.

    Whoever stops a build at any moment finds the build before it whole (``swap``). Files of
    ``out`` that no build wrote stay as they are. OutputError where nothing can be written there.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file; name a folder for the outputs")
    place = Path(os.path.realpath(out))
    with told(out, "name another folder"):
        place.parent.mkdir(parents=True, exist_ok=True)
        recover(place)
        _clear(place)
        stage = _stage(place)
    try:
        with told(out, "make room there, or name another folder"), locked(stage):
            yield stage
            _manifest(stage)
            _put(stage, place)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """A path beside ``target`` for one file, or a new folder, that takes its place when all went
    well; OutputError where it cannot be written."""
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex}{PART}")
    with told(target, "make room there, or name another place"):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            part.replace(target)
        finally:
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            part.unlink(missing_ok=True)


@contextmanager
def told(place: Path, mend: str) -> Iterator[None]:
    """What the system refuses (no room, no right) as an error that names the place."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{place}: {error.strerror or error}; {mend}") from error


def apart(out: Path, source: Path) -> None:
    """OutputError where outputs would lie among what they are made from: the next build would read
    them, or they would take the place of files of the same name."""
    mine, theirs = Path(os.path.realpath(out)), Path(os.path.realpath(source))
    if mine == theirs or theirs in mine.parents:
        raise OutputError(f"{out}: lies in {source}, which is read; name a folder outside of it")


def _stage(place: Path) -> Path:
    """A new folder beside the place, or in it where its parent takes none (a mounted folder)."""
    name = f".{place.name}.{uuid.uuid4().hex}{PART}"
    stage = place.with_name(name)
    try:
        stage.mkdir()
    except OSError:
        if not place.is_dir():
            raise
        stage = place / name
        stage.mkdir()
    return stage


def _clear(place: Path) -> None:
    """Take away what killed builds left: folders that are old and that nobody holds."""
    pattern = f".{glob.escape(place.name)}.*{PART}"
    for left in (*place.parent.glob(pattern), *place.glob(pattern)):
        if time.time() - left.stat().st_mtime > YOUNG and is_free(left):
            shutil.rmtree(left, ignore_errors=True)


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _manifest(stage: Path) -> None:
    """Every file with its SHA-256, so that a reader can tell what belongs to the build."""
    table = {name: _digest(stage / name) for name in _files(stage)}
    text = json.dumps({"format": 1, "files": table}, indent=1, sort_keys=True)
    (stage / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:  # a piece at a time: a dataset may be larger than the memory
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest_files(out: Path) -> list[str]:
    """The files of the build that is in a folder; none where there is no build."""
    try:
        table = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return []
    return [name for name in table if ".." not in Path(name).parts and not Path(name).is_absolute()]


def _put(stage: Path, out: Path) -> None:
    if not out.exists():
        stage.rename(out)
        return
    before = {*manifest_files(out), MANIFEST}
    if out in stage.parents or _stands_in(out):
        _one_by_one(stage, out, before)
        return
    own = [name for name in _everything(out) if name not in before and not (stage / name).exists()]
    for name in own:
        _keep(out / name, stage / name)
    if not swap(stage, out):
        _one_by_one(stage, out, before)


def _stands_in(folder: Path) -> bool:
    """Whether the user stands in the folder (``--out .``): a swap would leave them nowhere."""
    try:
        here = Path.cwd()
    except OSError:
        return False
    return here == folder or folder in here.parents


def _everything(folder: Path) -> list[str]:
    """Files, links and empty folders."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir() or not any(path.iterdir())
    )


def _keep(path: Path, target: Path) -> None:
    """A file of the user in the folder that will take the place of its own."""
    if path.is_dir() and not path.is_symlink():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(path, target, follow_symlinks=False)


def _one_by_one(stage: Path, out: Path, before: set[str]) -> None:
    """Where the folder itself cannot take another's place: file by file, the list of them last."""
    names = [name for name in _files(stage) if name != MANIFEST]
    for name in [*names, MANIFEST]:
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(stage / name, target)
    for name in sorted(before - {*names, MANIFEST}):
        (out / name).unlink(missing_ok=True)


def _move(path: Path, target: Path) -> None:
    """A file put in a place that may lie on another file system, as a mounted folder does."""
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f".{target.name}.{uuid.uuid4().hex}{PART}")
        try:
            shutil.copy2(path, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
