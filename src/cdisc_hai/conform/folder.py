"""A folder of SAS transport files, ours or anybody's, against the specs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cdisc_hai.conform.check import check_frame
from cdisc_hai.conform.judging import judge
from cdisc_hai.conform.raw_lines import raw_lines
from cdisc_hai.conform.related import related_findings
from cdisc_hai.conform.table import Folder, Header
from cdisc_hai.errors import RawError
from cdisc_hai.findings import Finding, merged
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.raw.xpt_file import SUFFIX, XptDataset, read_xpt, xpt_paths
from cdisc_hai.sdtm.specs import spec_of


def validate_folder(study: Study, folder: Path, *, sdtm: Path | None = None) -> tuple[Finding, ...]:
    """Everything in which the transport files of a folder break the contracts of the specs, and the
    rules; with raw lines where the lineage of their build lies beside.

    Analysis datasets are held against the records of ``sdtm``, a folder that is only looked up in.
    Raises RawError for no such folder, a folder without transport files, a file that cannot be
    read, and a dataset that stands in two files.
    """
    if not folder.is_dir():
        raise RawError(f"{folder}: no such folder; name the folder that holds the XPT files")
    paths = xpt_paths(folder)
    if not paths:
        raise RawError(f"{folder}: holds no transport file (*{SUFFIX}); name another folder")
    found: list[Finding] = []
    frames: dict[str, pd.DataFrame] = {}
    headers: dict[str, Header] = {}
    for path in paths:
        read = read_xpt(path, study.encoding)
        if read.name in frames:
            raise RawError(f"{path.name}: dataset {read.name} stands in two files; keep one")
        lines = raw_lines(folder, read.name, len(read.frame))
        frames[read.name] = read.frame if lines is None else read.frame.assign(**{"@src": lines})
        headers[read.name] = Header(read.label, read.labels, read.lengths, read.formats)
        dataset = spec_of(study, read.name)
        if dataset is None:
            found += [_unknown(study, read.name)] if study.sdtm or study.adam else []
            continue
        found += _labels(dataset, read)
        found += check_frame(study, dataset, read.frame, sources=lines)
    found += related_findings(study, frames)
    own = Folder.of(frames, study, headers)
    standards = {table.standard for table in own.tables.values()}
    if sdtm is not None and "adam" in standards:
        looked_up = _looked_up(study, sdtm, frames)
        own = Folder.of({**looked_up, **frames}, study, headers)
        standards = standards if "sdtm" in standards else {"adam"}
    return merged([*found, *judge(own, standards=standards, before=found)])


def _looked_up(
    study: Study, folder: Path, known: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The datasets of another folder that the own one does not have."""
    read = [read_xpt(path, study.encoding) for path in xpt_paths(folder)]
    return {one.name: one.frame for one in read if one.name not in known}


def without_specs(study: Study, folder: Path) -> tuple[Study, tuple[Finding, ...]]:
    """The study, or one that asks for nothing where the folder holds another study's data.

    Then a note says that rules alone judge. STUDYID of DM or ADSL decides, else of the first file.
    """
    paths = xpt_paths(folder) if folder.is_dir() else []
    first = sorted(paths, key=lambda path: path.stem.upper() not in ("DM", "ADSL"))[:1]
    told = {study.id}
    for path in first:
        frame = read_xpt(path, study.encoding).frame
        told = set(frame["STUDYID"].unique()) if "STUDYID" in frame.columns else told
    if not first or study.id in told:
        return study, ()
    note = Finding(
        rule="CONTRACT-STUDY",
        severity="note",
        message=f"data of {', '.join(sorted(told))}, not of {study.id}: judged by rules alone",
        mend="give the study's own specs with --specs to hold the data against them",
    )
    nothing: dict[str, Dataset] = {}
    return replace(study, sdtm=nothing, adam=nothing, codelists={}, explained=()), (note,)


def _unknown(study: Study, name: str) -> Finding:
    return Finding(
        rule="CONTRACT-DATASET",
        severity="note",
        message=f"the specs do not have the dataset {name}; it was not checked",
        dataset=name,
        spec=study.at,
        mend="write a spec for it, or leave it out of the folder",
    )


def _labels(dataset: Dataset, read: XptDataset) -> list[Finding]:
    """Labels of the dataset and its variables that are not those of the spec."""
    found = []
    if read.label != dataset.label:
        found.append(_label(dataset, "CONTRACT-DATASET-LABEL", "", read.label, dataset.label))
    for variable in dataset.submitted:
        label = read.labels.get(variable.name)
        if label is not None and label != variable.label:
            rule = "CONTRACT-LABEL"
            found.append(_label(dataset, rule, variable.name, label, variable.label))
    return found


def _label(dataset: Dataset, rule: str, name: str, label: str, wanted: str) -> Finding:
    variable = dataset.variable(name)
    return Finding(
        rule=rule,
        severity="error",
        message=f"the label is '{label}', in the spec '{wanted}'",
        dataset=dataset.name,
        variable=name,
        spec=variable.at if variable else dataset.at,
        mend="write the spec's label, or mend the spec",
    )
