"""The engine's answers as records: responses, sums in mm, changes, and the reason in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cdisc_hai.derive.framed import framed
from cdisc_hai.derive.lesion_arrays import baseline_rows, chosen
from cdisc_hai.derive.lesion_tables import TARGET, LesionTables
from cdisc_hai.derive.lesion_visits import visit_dates
from cdisc_hai.derive.refs import joined
from cdisc_hai.derive.sources import SUBJECT
from cdisc_hai.recist.policy import Criteria
from cdisc_hai.recist.reason_table import reasons
from cdisc_hai.recist.sums_table import sums_at
from cdisc_hai.recist.terms import Ints, decode
from cdisc_hai.recist.visit_table import AssessTable


def assessed(visits: pd.DataFrame, table: AssessTable, criteria: Criteria) -> pd.DataFrame:
    """A record a visit after baseline."""
    decides = table.decides_depth
    size = millimetres(table.sum, decides)
    base, nadir = (millimetres(v, decides) for v in (table.baseline_sum, table.nadir))
    return _dated(visits).assign(
        AVALC=decode(table.overall),
        TRGRESP=decode(table.target),
        NTRGRESP=decode(table.nontarget),
        NEWLPROG=np.where(table.new, "Y", "N"),
        REASON=reasons(table, criteria),
        ABLFL="",
        SUM=size,
        SUMFL=np.where(decides, "Y", "N"),
        PARTIAL=np.where(decides, np.where(table.complete, "N", "Y"), ""),
        BASE=base,
        CHG=change(table.sum, table.baseline_sum, decides),
        PCHG=percent(table.sum, table.baseline_sum, decides),
        NADIR=nadir,
        CHGNAD=change(table.sum, table.nadir, decides),
        PCHGNAD=percent(table.sum, table.nadir, decides),
    )


def baselines(found: LesionTables, criteria: Criteria, subjects: int) -> pd.DataFrame:
    """A record for the baseline of each subject who has target lesions with a result there."""
    rows = found.rows[found.rows["baseline"].eq(True) & (found.rows["role"] == TARGET)]
    who, number = np.unique(rows["subject"].to_numpy(dtype=int), return_inverse=True)
    table = visit_dates(rows, number)
    table["refs"] = joined(rows["ref"], number)
    lesions = chosen(found, TARGET)
    sums = sums_at(baseline_rows(found), lesions, np.arange(subjects), criteria)
    complete = sums.valued[who] == np.bincount(lesions.subject, minlength=subjects)[who]
    size = millimetres(np.where(complete, sums.sum[who], -1), complete)
    return _dated(table).assign(
        ABLFL="Y",
        SUM=size,
        BASE=size,
        SUMFL=np.where(complete, "Y", "N"),
        PARTIAL=np.where(complete, "N", ""),
    )


def lesion_records(subjects: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """A record a result of a lesion, with its name, visit, day and source."""
    who = subjects[SUBJECT].array[rows["subject"].to_numpy(dtype=int)]
    named = {name: rows[field].to_numpy() for name, field in _OWN.items()}
    return framed(
        {SUBJECT: who, "LESION": rows["lesion"].to_numpy(), "AVISIT": rows["visit"].to_numpy(),
         "AVISITN": rows["order"].to_numpy(), **named, "@from": rows["ref"].to_numpy()}
    )  # fmt: skip


def _dated(visits: pd.DataFrame) -> pd.DataFrame:
    """The visit, its day and source, and those of its sum (the visit's where it has none)."""
    own = visits["sum_day"].notna()
    sums = {
        f"SUM{name}": visits[f"sum_{field}"].where(own, visits[field]).to_numpy()
        for name, field in _DATES.items()
    }
    days = {name: visits[field].to_numpy() for name, field in _OWN.items()}
    return framed(
        {"subject": visits["subject"].to_numpy(), "AVISIT": visits["visit"].to_numpy(),
         "AVISITN": visits["order"].to_numpy(), **days, **sums, "@from": visits["refs"].to_numpy()}
    )  # fmt: skip


_DATES = {"DT": "day", "DTF": "flag", "DOM": "dom", "VAR": "var", "SEQ": "seq"}
_OWN = {"ADT": "day", "ADTF": "flag", "SRCDOM": "dom", "SRCVAR": "var", "SRCSEQ": "seq"}


def millimetres(size: Ints, where: np.ndarray) -> np.ndarray:
    """Sizes of 0.01 mm as mm, NaN for none."""
    return np.where(where & (size >= 0), size / 100, np.nan)


def change(size: Ints, reference: Ints, where: np.ndarray) -> np.ndarray:
    """The change from a reference in mm; exact, as sizes are whole numbers."""
    return np.where(where & (reference >= 0), (size - reference) / 100, np.nan)


def percent(size: Ints, reference: Ints, where: np.ndarray) -> np.ndarray:
    """The percent change from a reference that is above 0."""
    usable = where & (reference > 0)
    return np.where(usable, 100 * (size - reference) / np.where(usable, reference, 1), np.nan)
