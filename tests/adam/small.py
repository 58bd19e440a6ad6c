"""A small study of its own: specs typed in a test, the SDTM drawn beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from cdisc_hai import derive, mapping
from cdisc_hai.adam import AdamResult, run_adam, sdtm_tables
from cdisc_hai.metadata import Study, load_study
from cdisc_hai.registry import operations
from tests.derive.drawn_dates import day

REGISTERED = (derive, mapping)  # the rooms whose operations the specs below name
STUDY = """
format: 1
id: SMALL
cutoff: {dataset: TS, where: {TSPARMCD: DCUTDTC}, variable: TSVAL}
imputations:
  last: {to: last}
  first: {to: first}
"""
RAW = """
columns: {subject: subject}
forms: {dm: {}}
subject_key: [subject]
subjects_form: dm
date_formats: [YYYY-MM-DD]
"""
ADSL = """
dataset: ADSL
label: Subjects
class: SUBJECT LEVEL ANALYSIS DATASET
structure: One record per subject
keys: [USUBJID]
from: DM
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: DM.USUBJID}}
"""


def small_study(folder: Path, sdtm: Mapping[str, pd.DataFrame], *adam: str) -> Study:
    """The study of these ADaM files; its SDTM specs only name what the drawn SDTM has."""
    specs = folder / "specs"
    for name in ("sdtm", "adam"):
        (specs / name).mkdir(parents=True)
    (specs / "study.yaml").write_text(STUDY, "utf-8")
    (specs / "raw.yaml").write_text(RAW, "utf-8")
    (specs / "codelists.yaml").write_text("codelists: {}\n", "utf-8")
    for name, table in sdtm.items():
        (specs / "sdtm" / f"{name.lower()}.yaml").write_text(stub(name, table), "utf-8")
    for number, text in enumerate(adam):
        (specs / "adam" / f"ad{number}.yaml").write_text(text, "utf-8")
    return load_study(specs, operations())


def stub(name: str, table: pd.DataFrame) -> str:
    """SDTM specs that name the variables of a drawn table, and no more."""
    variables = "".join(
        f"  - {{name: {column}, label: {column}, map: {{op: hardcode, value: X}}}}\n"
        for column in table.columns
    )
    head = f"dataset: {name}\nlabel: {name}\nclass: X\nstructure: X\nkeys: [USUBJID]\n"
    return f"{head}variables:\n{variables}"


def made(folder: Path, sdtm: Mapping[str, pd.DataFrame], *adam: str, there: str = "") -> AdamResult:
    """The ADaM of these files over the drawn SDTM; ``there``: only these datasets are there."""
    study = small_study(folder, sdtm, *adam)
    kept = {name: t for name, t in sdtm.items() if not there or name in there.split()}
    return run_adam(study, sdtm_tables(kept), day("2025-12-31"))
