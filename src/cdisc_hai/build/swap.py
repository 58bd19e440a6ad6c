"""One folder put in the place of another in a single step, as far as the system can.

Linux (renameat2) and macOS (renamex_np) exchange two names at once: whoever is killed, or looks,
sees the one folder or the other, and never a mixture. Elsewhere two renamings do it, and
``recover`` undoes the first where the second did not come.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
HERE = -100  # AT_FDCWD: names count from the working folder


def _before(out: Path) -> Path:
    return out.with_name(f".{out.name}.before")


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once; False where the system, or its file system, cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            done = system.renamex_np(first, second, EXCHANGE)
        else:
            done = system.renameat2(HERE, first, HERE, second, EXCHANGE)
    except (AttributeError, OSError, TypeError):  # no such call on this system
        return False
    return bool(done == 0)


def swap(stage: Path, out: Path) -> bool:
    """Put ``stage`` in the place of ``out``; what was there is left at ``stage`` or gone.

    False where a folder cannot be renamed, such as a mount point; then nothing has changed.
    """
    if exchange(stage, out):
        return True
    before = _before(out)
    try:
        out.rename(before)
    except OSError:
        return False
    try:
        stage.rename(out)
    except OSError:
        before.rename(out)
        return False
    shutil.rmtree(before, ignore_errors=True)
    return True


def recover(out: Path) -> None:
    """Bring back what a killed ``swap`` had set aside, or take it away where it is not needed."""
    before = _before(out)
    if not before.is_dir():
        return
    if out.exists():
        shutil.rmtree(before, ignore_errors=True)
    else:
        before.rename(out)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder as long as this process lives; a killed one lets go of it."""
    held = _hold(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def is_free(folder: Path) -> bool:
    """Whether no living process holds a folder; False where that cannot be told."""
    held = _hold(folder)
    if held is None:
        return False
    os.close(held)
    return True


def _hold(folder: Path) -> int | None:
    """The open folder, locked; None where another process has it, or nothing can be locked."""
    if sys.platform == "win32":
        return None
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return None
    return held
