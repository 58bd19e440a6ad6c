"""SUPP-- datasets: one row a value of a qualifier, emitted from the parent row itself."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cdisc_hai.metadata import Dataset, Variable
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import present

TEMPLATE = "SUPP--"


def qualifier_spec(dataset: Dataset, template: Dataset) -> Dataset:
    """The template of the specs as the SUPP-- dataset of one parent."""
    name = TEMPLATE.replace("--", dataset.name)
    return replace(
        template, name=name, label=template.label.replace("--", dataset.name), at=dataset.at
    )


def read_of_parent(dataset: Dataset) -> tuple[str, ...]:
    """The parent's variables that the rows of its qualifiers are made of."""
    return ("STUDYID", "USUBJID", f"{dataset.name}SEQ", *(q.name for q in dataset.qualifiers))


def qualifier_rows(
    dataset: Dataset, template: Dataset, frame: pd.DataFrame
) -> tuple[pd.DataFrame, Dataset]:
    """The rows of SUPP-- (SDTMIG 8.4) and their spec; a parent without --SEQ has no IDVAR."""
    spec = qualifier_spec(dataset, template)
    parts = [_rows(dataset, qualifier, frame) for qualifier in dataset.qualifiers]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.sort_values(
        ["USUBJID", "@seq", "QNAM"], kind="stable", na_position="first"
    ).reset_index(drop=True)
    return rows[[v.name for v in spec.submitted] + ["@src", "@via", "@block"]], spec


def _rows(dataset: Dataset, qualifier: Variable, frame: pd.DataFrame) -> pd.DataFrame:
    sequence = f"{dataset.name}SEQ"
    own = frame[present(frame[qualifier.name])]
    has_sequence = sequence in frame.columns
    numbers = own[sequence] if has_sequence else pd.Series(float("nan"), index=own.index)
    return pd.DataFrame(
        {
            "STUDYID": own["STUDYID"],
            "RDOMAIN": dataset.name,
            "USUBJID": own["USUBJID"],
            "IDVAR": sequence if has_sequence else "",
            "IDVARVAL": texts(numbers),
            "QNAM": qualifier.name,
            "QLABEL": qualifier.label,
            "QVAL": texts(own[qualifier.name]),
            "QORIG": qualifier.origin,
            "QEVAL": qualifier.comment if qualifier.role == "evaluator" else "",
            "@src": own["@src"],
            "@via": "",
            "@block": own["@block"],
            "@seq": numbers,
        }
    )
