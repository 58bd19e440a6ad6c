"""The encoding of a text file: told, or found in its bytes."""

from __future__ import annotations

import codecs
from pathlib import Path

from cdisc_hai.errors import RawError

CHUNK = 1 << 20
SAMPLE = 1 << 18
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path, told: str = "") -> tuple[str, bool]:
    """(encoding, whether it was only guessed) of a file that decodes in it throughout.

    A mark at the start decides, then what was told, then UTF-8. What is none of these is
    GB18030 where its bytes stand in pairs as Chinese text has them, else Windows-1252 or Latin-1:
    a guess. Raises RawError where the file does not decode, or holds NUL characters.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    if marked or told:
        name = marked or _known(path, told)
        fault = _fault(path, name)
        if fault:
            raise RawError(f"{path.name}: {fault}; export the file as UTF-8, or say its encoding")
        return name, False
    fault = _fault(path, "utf-8")
    if not fault:
        return "utf-8", False
    if "NUL" in fault:
        raise RawError(f"{path.name}: {fault}; export the file anew as plain CSV")
    for name in ("gb18030", "cp1252", "latin-1"):
        if (name != "gb18030" or _in_pairs(path)) and not _fault(path, name):
            return name, True
    raise RawError(f"{path.name}: {fault}; export the file as UTF-8, or say its encoding")


def _known(path: Path, told: str) -> str:
    try:
        return codecs.lookup(told).name
    except LookupError as error:
        raise RawError(f"{path.name}: no encoding is called '{told}'; see raw.yaml") from error


def _fault(path: Path, name: str) -> str:
    """Why the file does not decode; empty where it does."""
    decoder = codecs.getincrementaldecoder(name)()
    done = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return f"byte {done + error.start} is not {_shown(name)}"
            if "\0" in text:
                return "holds NUL characters"
            if not chunk:
                return ""
            done += len(chunk)


def _shown(name: str) -> str:
    return {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030"}.get(name, name)


def _in_pairs(path: Path) -> bool:
    with path.open("rb") as file:
        return in_pairs(file.read(SAMPLE))


def in_pairs(sample: bytes) -> bool:
    """Whether most bytes above 127 stand in the pairs of GB 2312, as in Chinese text."""
    high = pairs = place = 0
    while place < len(sample):
        if sample[place] < 0x80:
            place += 1
            continue
        high += 1
        after = sample[place + 1] if place + 1 < len(sample) else 0
        paired = 0xA1 <= sample[place] <= 0xF7 and after >= 0xA1
        pairs += paired
        place += 2 if paired or after >= 0x40 else 1
    return high > 0 and pairs >= 0.8 * high
