"""A build that is killed leaves the build before it whole, whenever it is killed."""

import errno
import hashlib
import json
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from cdisc_hai.build import place, swap
from cdisc_hai.build.place import MANIFEST, OutputError, aside

# Builds without end: each writes a hundred files that all say its number.
WRITER = """
    import sys
    from pathlib import Path
    from cdisc_hai.build.place import aside

    number = int(sys.argv[2])
    while True:
        number += 1
        with aside(Path(sys.argv[1])) as stage:
            for name in range(100):
                path = stage / str(name % 7) / f"{name}.txt"
                path.parent.mkdir(exist_ok=True)
                path.write_text(f"{number} " * 200, encoding="utf-8")
        print(number, flush=True)
"""


def is_whole(out: Path) -> bool:
    """Whether every file of the list is there as it was written, and no other."""
    listed = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
    found = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    return found == listed


def test_builds_killed_at_random_moments_leave_one_whole_build(tmp_path):
    out, chance = tmp_path / "out", random.Random(20251231)
    last = 0
    for _ in range(50):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(out), str(last)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        writer.stdout.readline()  # the first of its builds is there
        time.sleep(chance.random() * 0.1)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert is_whole(out)
        numbers = {path.read_text("utf-8").split()[0] for path in out.rglob("*.txt")}
        assert len(numbers) == 1
        assert int(numbers.pop()) > last
        last += 1000


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A folder with a build and a file of its user."""
    out = tmp_path / "out"
    with aside(out) as stage:
        (stage / "adsl.xpt").write_text("one")
        (stage / "old.xpt").write_text("one")
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("mine")
    (out / "empty").mkdir()
    return out


def rebuilt(out: Path) -> dict[str, str]:
    with aside(out) as stage:
        (stage / "adsl.xpt").write_text("two")
    return {
        path.relative_to(out).as_posix(): path.read_text()
        for path in out.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


NEW = {"adsl.xpt": "two", "notes/mine.txt": "mine"}


def test_a_new_build_takes_the_place_of_the_old_and_leaves_the_user_s_files(before):
    assert rebuilt(before) == NEW
    assert (before / "empty").is_dir()
    assert [path.name for path in before.parent.iterdir()] == ["out"]


def test_where_names_cannot_be_exchanged_two_renamings_do_it(before, monkeypatch):
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    assert rebuilt(before) == NEW
    assert [path.name for path in before.parent.iterdir()] == ["out"]


def test_where_a_folder_cannot_be_renamed_its_files_are(before, monkeypatch):
    monkeypatch.setattr(place, "swap", lambda *_: False)
    assert rebuilt(before) == NEW
    assert is_whole(before) is False  # for the user's file
    assert MANIFEST in {path.name for path in before.iterdir()}


def test_a_folder_of_another_file_system_takes_the_files_of_a_build(before, monkeypatch):
    # as a folder mounted into a container: it cannot be renamed, and files cannot move into it
    real = Path.replace

    def within(path: Path, target: Path) -> Path:
        if path.parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(path, target)

    monkeypatch.setattr(place, "swap", lambda *_: False)
    monkeypatch.setattr(Path, "replace", within)
    assert rebuilt(before) == NEW
    assert [path.name for path in before.parent.iterdir()] == ["out"]


def test_a_build_is_staged_in_its_folder_where_the_parent_takes_no_other(before, monkeypatch):
    real = Path.mkdir

    def guarded(path: Path, *words: object, **more: object) -> None:
        if path.parent == before.parent and path.name.startswith(".out"):
            raise OSError(errno.EROFS, "Read-only file system")
        real(path, *words, **more)

    monkeypatch.setattr(Path, "mkdir", guarded)
    assert rebuilt(before) == NEW
    assert sorted(path.name for path in before.iterdir()) == [
        "adsl.xpt", "empty", MANIFEST, "notes",
    ]  # fmt: skip


def test_a_disk_that_is_full_is_told_and_changes_nothing(before):
    def fill() -> None:
        with aside(before) as stage:
            (stage / "adsl.xpt").write_text("two")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="out: No space left on device; make room there"):
        fill()
    assert (before / "adsl.xpt").read_text() == "one"
    assert [path.name for path in before.parent.iterdir()] == ["out"]


def test_who_stands_in_the_folder_of_a_build_still_stands_in_it(before, monkeypatch):
    monkeypatch.chdir(before)
    folder = before.stat().st_ino
    assert rebuilt(Path()) == NEW
    assert Path.cwd() == before and before.stat().st_ino == folder
    assert (before / "empty").is_dir()


def test_a_build_killed_between_the_two_renamings_is_brought_back_by_the_next(before):
    before.rename(before.parent / ".out.before")
    assert rebuilt(before) == NEW


def test_what_killed_builds_left_is_taken_away_once_nobody_holds_it(before, monkeypatch):
    left, held = before.parent / ".out.a.part", before.parent / ".out.b.part"
    for folder in (left, held):
        folder.mkdir()
    monkeypatch.setattr(place, "YOUNG", -1)
    with swap.locked(held):
        rebuilt(before)
    assert sorted(path.name for path in before.parent.iterdir()) == [".out.b.part", "out"]


def test_a_build_that_fails_changes_nothing(before):
    def fail() -> None:
        with aside(before) as stage:
            (stage / "adsl.xpt").write_text("two")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (before / "adsl.xpt").read_text() == "one"
    assert [path.name for path in before.parent.iterdir()] == ["out"]


def test_a_link_to_a_folder_stays_a_link(before, tmp_path):
    (tmp_path / "link").symlink_to(before)
    assert rebuilt(tmp_path / "link") == NEW
    assert (tmp_path / "link").is_symlink()
