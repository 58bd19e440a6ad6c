"""A define of ours that is not what its specs and files give: changed by hand, or out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from cdisc_hai.findings import Finding

_VERSION = re.compile(rb' SourceSystemVersion="[^"]*"')
_SHOWN = 120


def is_ours(define: bytes, like: bytes) -> bool:
    """Whether a define was written here for the same study and standard as another."""
    return _file_oid(define) == _file_oid(like) != b"" and b'SourceSystem="cdisc-hai"' in define


def stale(define: bytes, expected: bytes) -> Iterator[Finding]:
    """The first line that differs, and how many do; the version of the software may."""
    both = zip_longest(_lines(define), _lines(expected), fillvalue=b"")
    found = [(n, is_, to_be) for n, (is_, to_be) in enumerate(both, start=1) if is_ != to_be]
    if found:
        line, is_, to_be = found[0]
        more = f", the first of {len(found)} lines that differ" if len(found) > 1 else ""
        yield Finding(
            rule="DEFINE-STALE",
            severity="error",
            message=f"is not what the specs and the files give: '{_text(is_)}' is to be "
            f"'{_text(to_be)}'{more}",
            sources=(f"define.xml:{line}",),
            mend="build the define anew from the data and the specs",
        )


def _lines(define: bytes) -> list[bytes]:
    return _VERSION.sub(b"", define).splitlines()


def _text(line: bytes) -> str:
    text = line.decode("utf-8", "replace").strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."


def _file_oid(define: bytes) -> bytes:
    found = re.search(rb' FileOID="([^"]*)"', define[:4096])
    return found[1] if found else b""
