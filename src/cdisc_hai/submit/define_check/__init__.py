"""A define held against itself and against the datasets beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.submit.define_check.case import Case, Check
from cdisc_hai.submit.define_check.datasets import datasets, variables
from cdisc_hai.submit.define_check.document import Document, NotADefine, OtherVersion
from cdisc_hai.submit.define_check.predecessors import predecessors
from cdisc_hai.submit.define_check.references import files, references, unique_oids
from cdisc_hai.submit.define_check.said import classes, codelists, origins, places, standards, texts
from cdisc_hai.submit.define_check.told import not_told
from cdisc_hai.submit.define_check.wheres import results, value_lists

__all__ = ["CHECKS", "check_define", "not_told"]

CHECKS: tuple[Check, ...] = (
    references, unique_oids, files, standards, classes, codelists, origins, texts, places, datasets,
    variables, value_lists, results, predecessors,
)  # fmt: skip


def check_define(
    define: bytes,
    data: Mapping[str, XptDataset],
    folder: Path,
    *,
    elsewhere: Callable[[str], pd.DataFrame | None] = lambda _: None,
    encoding: str = "utf-8",
) -> tuple[Finding, ...]:
    """Everything in which a define contradicts itself or the datasets of its folder.

    ``elsewhere`` gives datasets of other folders by name: the SDTM that ADaM was copied from.
    """
    try:
        document = Document(define)
    except (NotADefine, OtherVersion) as error:
        return (
            Finding(
                rule="DEFINE-UNREADABLE",
                severity="error" if isinstance(error, NotADefine) else "note",
                message=str(error),
                sources=("define.xml:1",),
                mend="build the define anew from the data and the specs",
            ),
        )
    case = Case(document, data, folder, elsewhere, encoding)
    return tuple(_all(case))


def _all(case: Case) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(case)
