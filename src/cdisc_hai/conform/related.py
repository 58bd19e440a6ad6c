"""Contracts between datasets: subjects, supplemental qualifiers, codes and their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from cdisc_hai.conform.contract import texts
from cdisc_hai.conform.pairs import pair_findings
from cdisc_hai.conform.records import SUBJECT
from cdisc_hai.conform.tell import lines_of, told
from cdisc_hai.findings import Finding, merged
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.metadata.conditions import present
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.metadata.reads import SUBJECT_LEVEL
from cdisc_hai.sdtm.specs import SUPP, spec_of

DEMOGRAPHICS = "DM"
_SUPP_COLUMNS = {"RDOMAIN", SUBJECT, "IDVAR", "IDVARVAL", "QNAM"}

Frames = Mapping[str, pd.DataFrame]


def related_findings(study: Study, frames: Frames) -> tuple[Finding, ...]:
    """What is wrong between datasets, given by name; raw lines come from ``@src`` or ``@from``.

    Every USUBJID is in DM (SDTM) or ADSL (ADaM), and that of ADSL in DM; a supplemental qualifier
    has its parent record and is none of the parent's variables; codes and names are one to one.
    Datasets that the specs do not have are passed over.
    """
    ready = {
        name: frame.reset_index(drop=True)
        for name, frame in frames.items()
        if spec_of(study, name) is not None
    }
    found = [*_lists_of_subjects(study, ready), *pair_findings(study, ready)]
    for name, frame in ready.items():
        dataset = spec_of(study, name)
        assert dataset is not None, name
        found += _subjects(dataset, frame, ready)
        if name.startswith(SUPP) and set(frame.columns) >= _SUPP_COLUMNS:
            found += _parents(study, dataset, frame, ready)
    return merged(found)


def _home(dataset: Dataset) -> str:
    """The dataset that lists the subjects of this one."""
    within_adam = dataset.standard == "adam" and dataset.name != SUBJECT_LEVEL
    return SUBJECT_LEVEL if within_adam else DEMOGRAPHICS


def _lists_of_subjects(study: Study, frames: Frames) -> Iterator[Finding]:
    """A standard whose list of subjects is not there; its subjects cannot be judged."""
    for home, specs in ((DEMOGRAPHICS, study.sdtm), (SUBJECT_LEVEL, study.adam)):
        judged = sorted(
            name
            for name, frame in frames.items()
            if SUBJECT in frame.columns and (name in specs or name[len(SUPP) :] in specs)
        )
        if judged and home not in frames:
            yield Finding(
                rule="CONTRACT-SUBJECT",
                severity="warning",
                message=f"there is no {home}; subjects of {', '.join(judged)} were not looked up",
                dataset=home,
                variable=SUBJECT,
                spec=specs[home].at if home in specs else study.at,
                mend=f"add {home}",
            )


def _subjects(dataset: Dataset, frame: pd.DataFrame, frames: Frames) -> Iterator[Finding]:
    home = _home(dataset)
    subjects = frames.get(home)
    if home == dataset.name or subjects is None or SUBJECT not in frame.columns:
        return
    known = subjects[SUBJECT] if SUBJECT in subjects.columns else ()
    bad = present(frame[SUBJECT]) & ~frame[SUBJECT].isin(known)
    yield from told(
        _finding(
            dataset,
            "CONTRACT-SUBJECT",
            SUBJECT,
            f"is not in {home}",
            f"add the subject to {home}, or correct the identifier",
        ),
        frame,
        bad,
        [SUBJECT],
        lines_of(frame),
    )


def _parents(
    study: Study, dataset: Dataset, frame: pd.DataFrame, frames: Frames
) -> Iterator[Finding]:
    parentless = _finding(
        dataset,
        "CONTRACT-PARENT",
        "IDVARVAL",
        "has no parent record",
        "correct RDOMAIN, IDVAR or IDVARVAL, or take the qualifier out",
    )
    clash = _finding(
        dataset,
        "CONTRACT-QNAM",
        "QNAM",
        "is a variable of the parent itself",
        "give the qualifier another name, or write the value into the parent",
    )
    orphan = ~_has_parent(frame, frames)
    quotes = ["RDOMAIN", SUBJECT, "IDVAR", "IDVARVAL"]
    yield from told(parentless, frame, orphan, quotes, lines_of(frame))
    for domain in frame["RDOMAIN"].unique():
        parent, spec = frames.get(domain), spec_of(study, str(domain))
        names = {v.name for v in spec.submitted} if spec else set()
        names |= set() if parent is None else {c for c in parent.columns if c[:1] != "@"}
        bad = frame["RDOMAIN"].eq(domain) & frame["QNAM"].isin(names)
        yield from told(clash, frame, bad, ["QNAM"], lines_of(frame))


def _has_parent(frame: pd.DataFrame, frames: Frames) -> pd.Series:
    """Records whose RDOMAIN, IDVAR and IDVARVAL name a record of the subject (SDTMIG 8.4)."""
    found = pd.Series(False, index=frame.index)
    for (domain, name), rows in frame.groupby(["RDOMAIN", "IDVAR"], sort=False):
        parent = frames.get(str(domain))
        if parent is None or SUBJECT not in parent.columns or (name and name not in parent.columns):
            continue
        found[rows.index] = _matched(rows, parent, str(name))
    return found


def _matched(rows: pd.DataFrame, parent: pd.DataFrame, name: str) -> pd.Series:
    if not name:  # one record a subject: no other identifier
        return rows[SUBJECT].isin(parent[SUBJECT]) & texts(rows["IDVARVAL"]).eq("")
    numeric = pd.api.types.is_numeric_dtype(parent[name])
    read = as_numbers if numeric else texts  # a number is the same however it is written
    mine = pd.MultiIndex.from_arrays([rows[SUBJECT], read(rows["IDVARVAL"])])
    known = pd.MultiIndex.from_arrays([parent[SUBJECT], read(parent[name])])
    return pd.Series(mine.isin(known), index=rows.index) & present(rows["IDVARVAL"])


def _finding(dataset: Dataset, rule: str, name: str, says: str, mend: str) -> Finding:
    variable = dataset.variable(name)
    return Finding(
        rule=rule,
        severity="error",
        message=says,
        dataset=dataset.name,
        variable=name,
        spec=variable.at if variable else dataset.at,
        mend=mend,
    )
