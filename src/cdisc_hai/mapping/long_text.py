"""Texts longer than a transport file's variable can hold, in parts (SDTMIG 4.5.3, 5.1)."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cdisc_hai.mapping.result import Mapped, Problem
from cdisc_hai.metadata.choices import texts
from cdisc_hai.registry import Param, operation

_BREAKS = re.compile(r"[\x00-\x20\x7f]+")


@operation(
    "text_part",
    "collected",
    stage="row",
    sentence=(
        "{column} in parts of at most {bytes} bytes, broken between words: part {part}; "
        "line breaks and tabs are blanks."
    ),
    column=Param("column"),
    part=Param("number"),
    bytes=Param("number"),
    last=Param("flag", required=False),
    encoding=Param("study:encoding", required=False),
)
def text_part(
    rows: pd.DataFrame,
    *,
    column: str,
    part: int,
    bytes: int,
    last: bool = False,
    encoding: str = "utf-8",
) -> Mapped:
    """One part of a text, from 1. Of the ``last`` part the rest that does not fit is a finding."""
    codes, distinct = pd.factorize(texts(rows[column]), use_na_sentinel=False)
    split = [_parts(str(text), int(bytes), encoding) for text in distinct]
    mine = np.array([p[part - 1] if len(p) >= part else "" for p in split] or [""], dtype=object)
    over = np.array([bool(last) and len(p) > part for p in split] or [False])
    if not len(rows):
        return Mapped(pd.Series("", index=rows.index, dtype=object))
    problem = Problem(
        "MAP-TEXT-CUT",
        "error",
        pd.Series(over[codes], index=rows.index),
        f"the text is longer than {part} parts of {bytes} bytes; the rest is left away",
        "shorten the text in the EDC system, or add a variable for one more part",
    )
    return Mapped(pd.Series(mine[codes], index=rows.index, dtype=object), (problem,))


def _parts(text: str, limit: int, encoding: str) -> list[str]:
    """A text in parts of at most ``limit`` bytes; a word longer than that is broken."""
    found, rest = [], _BREAKS.sub(" ", text).strip()
    while rest:
        head = rest.encode(encoding)[:limit].decode(encoding, "ignore")
        if len(head) < len(rest) and rest[len(head)] != " " and " " in head:
            head = head[: head.rindex(" ")]
        if not head:
            raise ValueError(f"{limit} bytes hold no character")
        found.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return found
