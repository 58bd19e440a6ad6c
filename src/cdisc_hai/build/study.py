"""Builds: the raw export to SDTM, SDTM to ADaM, and both in one go."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cdisc_hai.adam import cutoff_of, run_adam, sdtm_tables
from cdisc_hai.build.acrf import write_acrf
from cdisc_hai.build.define import describe
from cdisc_hai.build.place import apart, aside
from cdisc_hai.build.places import write_places
from cdisc_hai.build.queries import PLACES
from cdisc_hai.build.read_sdtm import read_folder
from cdisc_hai.build.refs import Lines
from cdisc_hai.build.result import BuildResult, Progress, Stages
from cdisc_hai.build.specs import study_of
from cdisc_hai.conform import Folder, check_frame, judge, related_findings
from cdisc_hai.conform.ledger import explain
from cdisc_hai.errors import CdiscHaiError, Fault, RawError, SpecError
from cdisc_hai.findings import Finding, merged
from cdisc_hai.metadata import Dataset, Study
from cdisc_hai.metadata.dates import day_of_iso, iso_of_day, read_date
from cdisc_hai.metadata.frames import columns_of
from cdisc_hai.raw import RawExport, read_export
from cdisc_hai.raw.xpt_file import XptDataset
from cdisc_hai.report import findings_html, findings_json
from cdisc_hai.report.lines import DatasetLine
from cdisc_hai.sdtm import SdtmResult, run_sdtm
from cdisc_hai.submit.define.draft import Pages
from cdisc_hai.submit.lineage import write_adam_lineage, write_sdtm_lineage, write_spec_lines
from cdisc_hai.submit.transport import Transport, as_read, prepare, write_datasets

Where = Path | str
STAGES = ("specs", "read", "sdtm", "check sdtm", "adam", "check adam", "write")


class WrongCutoff(CdiscHaiError):
    """The cut-off that a user gives is no date."""

    exit_code = 2


def build_study(
    *, raw: Where, out: Where, specs: Where | None = None, progress: Progress | None = None
) -> BuildResult:
    """Everything: ``out/sdtm``, ``out/adam``, findings and lineage.

    Raises SpecError, RawError, MappingError or DerivationError, and then writes nothing.
    """
    apart(Path(out), Path(raw))
    stages = Stages(STAGES, progress)
    stages.begin("specs")
    study = study_of(specs)
    export, sdtm, first = _sdtm(study, Path(raw), stages)
    stages.begin("adam")
    beside = {name: _shown(sdtm.specs[name], f) for name, f in first.frames.items()}
    tables = sdtm_tables(beside)
    cutoff = cutoff_day(study, first.frames, None, export.cutoff)
    adam = run_adam(study, tables, cutoff)
    stages.begin("check adam")
    lines = Lines.of(first.frames, {**adam.frames, **adam.helpers})
    second, told = _checked(study, adam.specs, _with_lines(adam.frames, lines), beside)
    findings = [
        *_sdtm_findings(study, export, sdtm),
        *(_in_raw(f, lines) for f in adam.findings),
        *told,
    ]
    stages.begin("write")
    out = Path(out)
    with aside(out) as stage:
        created = _time(cutoff)
        write_datasets(study, sdtm.specs, first, stage / "sdtm", created=created)
        write_datasets(study, adam.specs, second, stage / "adam", created=created)
        write_sdtm_lineage(first.frames, stage / "lineage" / "sdtm")
        write_adam_lineage({**second.frames, **adam.helpers}, stage / "lineage" / "adam")
        pages = write_acrf(study, export, stage / "sdtm", stage / "lineage")
        written = as_read(sdtm.specs, first, created=created)
        findings += _described(study, stage / "sdtm", written, pages, findings)
        copied = {name: data.frame for name, data in written.items()}
        written = as_read(adam.specs, second, created=created)
        findings += _described(study, stage / "adam", written, {}, findings, copied)
        every = [*sdtm.specs.values(), *study.adam.values()]
        datasets = [*_lines(sdtm.specs, first, "sdtm/"), *_lines(adam.specs, second, "adam/")]
        result = _reported(
            study,
            stage,
            out=out,
            specs=every,
            datasets=datasets,
            findings=findings,
            export=export,
            sdtm=sdtm,
        )
    stages.end()
    return replace(result, seconds=stages.seconds)


def build_sdtm(
    *, raw: Where, out: Where, specs: Where | None = None, progress: Progress | None = None
) -> BuildResult:
    """A raw export to SDTM: ``out/*.xpt``, findings and lineage."""
    apart(Path(out), Path(raw))
    stages = Stages(STAGES, progress)
    stages.begin("specs")
    study = study_of(specs)
    export, sdtm, first = _sdtm(study, Path(raw), stages)
    stages.begin("write")
    out = Path(out)
    with aside(out) as stage:
        created = _time(day_of_iso(export.cutoff) if export.cutoff else 0.0)
        write_datasets(study, sdtm.specs, first, stage, created=created)
        write_sdtm_lineage(first.frames, stage / "lineage" / "sdtm")
        findings = _sdtm_findings(study, export, sdtm)
        pages = write_acrf(study, export, stage, stage / "lineage")
        written = as_read(sdtm.specs, first, created=created)
        findings += _described(study, stage, written, pages, findings)
        datasets = _lines(sdtm.specs, first, "")
        result = _reported(
            study,
            stage,
            out=out,
            specs=sdtm.specs.values(),
            datasets=datasets,
            findings=findings,
            export=export,
            sdtm=sdtm,
        )
    stages.end()
    return replace(result, seconds=stages.seconds)


def build_adam(
    *,
    sdtm: Where,
    out: Where,
    specs: Where | None = None,
    cutoff: str | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Any folder of SDTM transport files to ADaM: ``out/*.xpt``, findings and lineage.

    ``cutoff`` (ISO 8601) goes before the one that the SDTM tells; without either SpecError.
    """
    apart(Path(out), Path(sdtm))
    stages = Stages(STAGES, progress)
    stages.begin("specs")
    study = study_of(specs)
    stages.begin("read")
    frames = read_folder(Path(sdtm), study.encoding)
    stages.begin("adam")
    day = cutoff_day(study, frames, cutoff, "")
    adam = run_adam(study, sdtm_tables(frames), day)
    stages.begin("check adam")
    lines = Lines.of({}, {**adam.frames, **adam.helpers})
    second, told = _checked(study, adam.specs, _with_lines(adam.frames, lines), frames)
    findings = [*(_in_raw(f, lines) for f in adam.findings), *told]
    stages.begin("write")
    out = Path(out)
    with aside(out) as stage:
        write_datasets(study, adam.specs, second, stage, created=_time(day))
        written = as_read(adam.specs, second, created=_time(day))
        findings += _described(study, stage, written, {}, findings, frames)
        write_adam_lineage({**second.frames, **adam.helpers}, stage / "lineage" / "adam")
        datasets = _lines(adam.specs, second, "")
        result = _reported(
            study,
            stage,
            out=out,
            specs=study.adam.values(),
            datasets=datasets,
            findings=findings,
        )
    stages.end()
    return replace(result, seconds=stages.seconds)


def _sdtm(study: Study, raw: Path, stages: Stages) -> tuple[RawExport, SdtmResult, Transport]:
    stages.begin("read")
    export = read_export(raw, study, lean=True)
    stages.begin("sdtm")
    sdtm = run_sdtm(study, export)
    if not sdtm.frames:
        raise RawError(f"{raw}: no record of it can be mapped; see the specs' forms")
    stages.begin("check sdtm")
    first, told = _checked(study, sdtm.specs, sdtm.frames, {})
    sdtm.findings.extend(told)
    return export, sdtm, first


def _checked(
    study: Study,
    specs: Mapping[str, Dataset],
    frames: Mapping[str, pd.DataFrame],
    beside: Mapping[str, pd.DataFrame],
) -> tuple[Transport, list[Finding]]:
    """Datasets that can be written, and all that is wrong with them; ``beside`` is looked up in."""
    transport = prepare(study, specs, frames)
    findings = list(transport.findings)
    shown = {name: _shown(specs[name], f) for name, f in transport.frames.items()}
    for name, frame in shown.items():
        sources = transport.frames[name]["@src"]
        findings.extend(check_frame(study, specs[name], frame, sources=sources))
    findings.extend(related_findings(study, transport.frames))
    traced = {
        name: pd.concat([f, transport.frames[name]["@src"]], axis=1) for name, f in shown.items()
    }
    folder = Folder.of({**beside, **traced}, study)
    standards = {spec.standard for spec in specs.values()}
    findings.extend(judge(folder, standards=standards, before=findings))
    return transport, findings


def _shown(spec: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    return columns_of(frame, [v.name for v in spec.submitted])


def _with_lines(frames: Mapping[str, pd.DataFrame], lines: Lines) -> dict[str, pd.DataFrame]:
    told = {
        name: pd.Series(
            [lines.joined(ref) for ref in frame["@from"]], frame.index, dtype=object, name="@src"
        )
        for name, frame in frames.items()
    }
    return {name: pd.concat([frame, told[name]], axis=1) for name, frame in frames.items()}


def _in_raw(finding: Finding, lines: Lines) -> Finding:
    """A finding on records told by the lines that they came from."""
    sources = [line for ref in finding.sources for line in lines.of_ref(ref)]
    return replace(finding, sources=tuple(dict.fromkeys(sources)))


def _sdtm_findings(study: Study, export: RawExport, sdtm: SdtmResult) -> list[Finding]:
    left = export.accounting.unaccounted(sdtm.mapped)
    for form, sources in left.items():
        export.accounting.keep_out(form, sources)
    strays = [
        Finding(
            rule="MAP-NO-RECORD",
            severity="error",
            message="no record was made of it: it fits none of the specs' conditions",
            sources=(source,),
            spec=study.raw.forms[form].at,
            mend="correct the record, or say 'not_submitted' with a reason in raw.yaml",
        )
        for form, sources in left.items()
        for source in sources
    ]
    return [*export.findings, *sdtm.findings, *strays]


def cutoff_day(
    study: Study, frames: Mapping[str, pd.DataFrame], told: str | None, exported: str
) -> float:
    if told:
        iso, wrong = read_date(told, ("YYYY-MM-DD",), ())
        if wrong or not iso:
            raise WrongCutoff(f"--cutoff '{told}' is not a date as 2025-12-31")
        return day_of_iso(iso)
    found = cutoff_of(study, frames)
    if found is None and exported:
        found = day_of_iso(exported)
    if found is None:
        where = study.cutoff_source
        place = f" in {where['dataset']}.{where['variable']} of the SDTM" if where else ""
        message = f"no data cut-off{place}; give one with --cutoff"
        raise SpecError([Fault(study.at.rsplit(":", 1)[0], 1, message)])
    return found


def _described(
    study: Study,
    folder: Path,
    written: Mapping[str, XptDataset],
    pages: Pages,
    before: Iterable[Finding],
    sdtm: Mapping[str, pd.DataFrame] | None = None,
) -> tuple[Finding, ...]:
    """A define beside the datasets of a folder, if it has any, and what is wrong with it."""
    if not written:
        return ()
    return describe(study, folder, pages, written=written, sdtm=sdtm, before=before)


def _time(day: float) -> datetime.datetime:
    """The header's time: midnight of the cut-off, so that the bytes depend on the data alone."""
    date = datetime.date.fromisoformat(iso_of_day(day))
    return datetime.datetime(date.year, date.month, date.day)


def _lines(specs: Mapping[str, Dataset], transport: Transport, folder: str) -> list[DatasetLine]:
    return [
        DatasetLine(
            name=name,
            label=specs[name].label,
            records=len(frame),
            variables=len(specs[name].submitted),
            file=f"{folder}{name.lower()}.xpt",
        )
        for name, frame in sorted(transport.frames.items())
    ]


def _reported(
    study: Study,
    stage: Path,
    *,
    out: Path,
    specs: Iterable[Dataset],
    datasets: list[DatasetLine],
    findings: list[Finding],
    export: RawExport | None = None,
    sdtm: SdtmResult | None = None,
) -> BuildResult:
    accounting = export.accounting.as_json(sdtm.mapped) if export and sdtm else {}
    told = merged(explain(findings, study.explained, judged={line.name for line in datasets}))
    write_spec_lines(specs, stage / "lineage" / "datasets.json", encoding=study.encoding)
    (stage / "findings.json").write_text(findings_json(told, accounting), encoding="utf-8")
    if export is not None:
        write_places(export.roles, told, stage / "lineage" / PLACES)
    page = findings_html(
        title=f"{study.id}: findings", findings=told, accounting=accounting, datasets=datasets
    )
    (stage / "findings.html").write_text(page, encoding="utf-8")
    return BuildResult(out, tuple(datasets), told, accounting)
