"""The house rules that no ready-made tool checks; exits 1 when one is broken.

- no-study: the engine (src) knows no number and no name of a study; those stand in specs.
- no-machine: no file names a folder of somebody's machine or a package registry.
- small-rooms: no file of src is longer than 400 lines.
- no-eval: nothing is evaluated or unpickled.
- say-why: a waiver (noqa, type: ignore, no cover, house) gives its reason after it.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PROTOCOL_NUMBERS = frozenset({28, 42, 112, 119})
LONGEST_FILE = 400
# A name this long is found within a longer text, whatever its case; a shorter one as the whole.
LONG_NAME = 6
EVALUATORS = frozenset({"eval", "exec", "read_pickle", "to_pickle"})
PICKLERS = frozenset({"dill", "cloudpickle", "marshal", "pickle", "shelve"})

# Names of the example study that the engine may say, each with the reason.
ALLOWED_NAMES = {
    "studyid": "CDISC's own variable STUDYID",
    "subjid": "CDISC's own variable SUBJID, and within USUBJID",
    "formrepeat": "within FormRepeatKey, an attribute of ODM",
    "visit": "CDISC's own variable VISIT, and an operation's name",
}
PACKAGE_NAMES = re.compile(r"cdisc[-_]hai", re.IGNORECASE)

MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:home|mnt|opt|root|Users|work)/")
REGISTRY_HOST = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|proxy\.golang\.org|deb\.debian\.org)\b"
)
WAIVER = re.compile(
    r"#\s*(?:(?i:noqa)\b(?:\s*:\s*[A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*)?"
    r"|type:\s*ignore\b(?:\s*\[[^\]]*\])?"
    r"|pragma:\s*no\s+cover\b"
    r"|house:)"
)
HOUSE = re.compile(r"#\s*house:")
REASON = re.compile(r"[^\W\d_]{3}")


class Offence(NamedTuple):
    """One line that breaks a house rule."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


class StudyNames(NamedTuple):
    """The names of a study that the engine must not say."""

    whole: frozenset[str]
    within: frozenset[str]


# --- what the example study calls its things


def study_names(names: Iterable[str]) -> StudyNames:
    """Names sorted by how they are looked for, less the allowed ones."""
    kept = {name for name in names if name and name.lower() not in ALLOWED_NAMES}
    return StudyNames(
        whole=frozenset(kept),
        within=frozenset(name.lower() for name in kept if len(name) >= LONG_NAME),
    )


def names_in_export(raw: Path) -> set[str]:
    """Forms, columns, arms, drugs, visits and the study itself, as the raw folder names them."""
    names = {json.loads((raw / "study.json").read_text("utf-8"))["studyid"]}
    for row in _rows(raw / "crf.csv"):
        names |= {row["form"], row["item"]}
    for row in _rows(raw / "codelists.csv"):
        if row["codelist"] in ("ARM", "DRUG"):
            names.add(row["decode"])
        if row["codelist"] == "ARM":
            names.add(row["decode"].partition(":")[0])
    for path in raw.glob("*.csv"):
        names |= _visits(path)
    return names


def cdisc_words(guide: Path) -> set[str]:
    """Variables of SDTMIG, which a study may call its columns by; in small letters."""
    return {row["name"].lower() for row in _rows(guide / "sdtmig_3_4.csv")}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _visits(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if "visit" not in header:
            return set()
        at = header.index("visit")
        return {row[at] for row in rows if len(row) > at}


# --- rules of the engine's source


def engine_offences(path: str, source: str, names: StudyNames) -> list[Offence]:
    """Everything wrong with one file of src."""
    tree, lines = ast.parse(source), source.splitlines()
    found = [
        *_numbers(path, tree, lines),
        *_names(path, tree, names),
        *_evaluations(path, tree),
    ]
    if len(lines) > LONGEST_FILE:
        what = f"{len(lines)} lines; divide it, {LONGEST_FILE} is the most"
        found.append(Offence(path, len(lines), what))
    return found


def _numbers(path: str, tree: ast.AST, lines: list[str]) -> Iterator[Offence]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and node.value in PROTOCOL_NUMBERS
            and not HOUSE.search(lines[node.lineno - 1])
        ):
            what = f"the protocol's number {node.value}; name it in specs/study.yaml"
            yield Offence(path, node.lineno, f"{what}, or end the line with '# house: <reason>'")


def _names(path: str, tree: ast.AST, names: StudyNames) -> Iterator[Offence]:
    sentences = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in sentences:
            name = _study_name(node.value, names)
            if name:
                what = f"the study's name '{name}'; the engine reads it from specs"
                yield Offence(path, node.lineno, what)


def _study_name(text: str, names: StudyNames) -> str:
    if text in names.whole:
        return text
    lower = PACKAGE_NAMES.sub("", text).lower()
    return max((name for name in names.within if name in lower), key=len, default="")


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    """Texts that stand alone as a statement: docstrings, of attributes too."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _evaluations(path: str, tree: ast.AST) -> Iterator[Offence]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            used = {called} & EVALUATORS
        elif isinstance(node, ast.Import):
            used = {alias.name.partition(".")[0] for alias in node.names} & PICKLERS
        elif isinstance(node, ast.ImportFrom):
            used = {(node.module or "").partition(".")[0]} & PICKLERS
        else:
            continue
        for name in sorted(used):
            yield Offence(path, node.lineno, f"{name} runs what it reads; name a function instead")


# --- rules of every file


def waiver_offences(path: str, source: str) -> list[Offence]:
    """Comments that wave a check away without saying why."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            waivers = list(WAIVER.finditer(token.string))
            if waivers and not REASON.search(token.string, waivers[-1].end()):
                what = f"'{waivers[-1][0]}' without a reason after it"
                found.append(Offence(path, token.start[0], what))
    return found


def machine_offences(path: str, text: str) -> list[Offence]:
    """Lines that name a folder of somebody's machine or a package registry."""
    found = []
    for pattern, what in ((MACHINE_PATH, "a path of one machine"), (REGISTRY_HOST, "a registry")):
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(Offence(path, line, f"{what}, '{match[0]}'; leave it to each machine"))
    return found


def offences(root: Path, files: Iterable[str], names: StudyNames) -> list[Offence]:
    """Everything wrong with these files (paths within root); binary ones are passed over."""
    found: list[Offence] = []
    for path in files:
        try:
            text = (root / path).read_text("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):  # removed but still in the index; binary
            continue
        found += machine_offences(path, text)
        if path.endswith(".py"):
            found += waiver_offences(path, text)
            if path.startswith("src/"):
                found += engine_offences(path, text, names)
    return sorted(found)


def project_files(root: Path) -> list[str]:
    """What git holds or would take in."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return sorted({path for path in listed.split("\0") if path})


def main() -> int:
    """The exit code: 1 when a house rule is broken."""
    root = Path(__file__).resolve().parent.parent
    guide = cdisc_words(root / "src" / "cdisc_hai" / "guide")
    exported = names_in_export(root / "examples" / "hai" / "raw")
    names = study_names(name for name in exported if name.lower() not in guide)
    found = offences(root, project_files(root), names)
    for offence in found:
        print(offence)
    print(f"House rules: {len(found)} broken." if found else "House rules kept.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
