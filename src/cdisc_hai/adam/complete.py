"""SDTM made complete for derivations: what they read and the SDTM lacks is empty, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from cdisc_hai.adam.tables import SdtmTables
from cdisc_hai.derive.sources import DAY
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset, Step, Study, Variable
from cdisc_hai.metadata.dates import days_and_faults
from cdisc_hai.metadata.reads import Reads
from cdisc_hai.registry import operations

_WORD = re.compile(r"\w+")
DATES = "DTC"  # how the names of SDTM's dates end (SDTMIG 4.4)


class _Every(Reads):
    """Reads by variable, also of datasets that have no specs here."""

    def node(self, dataset: str, name: str) -> str:
        return f"{dataset}.{name}"


def completed(study: Study, tables: SdtmTables) -> tuple[SdtmTables, list[Finding]]:
    """The tables with an empty column for each variable that specs read and the SDTM lacks.

    So a derivation that reads what is not there has been given a wrong name. A variable that our
    own specs let away where it is empty (core Perm, qualifiers) is not told.
    """
    ready = SdtmTables(tables)
    read = _read(study)
    ready.wanted = _words(study).union(name for _, name in read)
    findings: list[Finding] = []
    for (dataset, name), at in sorted(read.items()):
        if dataset in study.adam or name.startswith("@"):
            continue
        known = ready[dataset]
        if name in known.columns:
            if name.endswith(DATES):
                days, faults = days_and_faults(known[name])
                findings.extend(_no_dates(known[faults], dataset, name, at))
                ready[dataset] = known.assign(**{f"{DAY}{name}": days})
            continue
        own = study.sdtm.get(dataset)
        spec = _entry(own, name)
        numeric = spec is not None and not spec.is_text
        empty = pd.Series(float("nan") if numeric else "", index=known.index)
        ready[dataset] = known.assign(**{name: empty if numeric else empty.astype(object)})
        left_away = spec is not None and (spec.qualifier or spec.core == "Perm")
        if dataset in tables and not left_away:
            findings.append(
                Finding(
                    rule="ADAM-NO-VARIABLE",
                    severity="warning",
                    message=f"the SDTM's {dataset} has no {name}; derivations took it as empty",
                    dataset=dataset,
                    variable=name,
                    spec=at,
                    mend="add the variable, or take it out of the ADaM specs",
                )
            )
    return ready, findings


def _words(study: Study) -> frozenset[str]:
    """Every word of the ADaM specs; a variable that none of them is, nothing can read."""
    found: set[str] = set()
    waiting: list[object] = []
    for dataset in study.adam.values():
        waiting += [dataset.where, dataset.lowest]
        waiting += [parameter.step.params for parameter in dataset.makers]
        waiting += [step.params for variable in dataset.variables for step in variable.steps]
        waiting += [(check.where, check.step.params) for check in dataset.checks]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            waiting += one
        elif isinstance(one, str):
            found.update(_WORD.findall(one))
    for rule in study.imputations.values():
        for name in (rule.after, rule.same, rule.unless_ended, *rule.bounds):
            found.update(_WORD.findall(name))
    return frozenset(found)


def _no_dates(rows: pd.DataFrame, dataset: str, name: str, at: str) -> list[Finding]:
    """Texts of a date variable that are no ISO 8601 date, complete or in part."""
    return [
        Finding(
            rule="ADAM-NO-DATE",
            severity="error",
            message=f"'{text}' is no date; derivations took it as empty",
            dataset=dataset,
            variable=name,
            sources=(ref,),
            spec=at,
            mend="correct the date",
        )
        for text, ref in zip(rows[name], rows["@ref"], strict=True)
    ]


def _entry(dataset: Dataset | None, name: str) -> Variable | None:
    if dataset is None:
        return None
    return next((v for v in (*dataset.variables, *dataset.qualifiers) if v.name == name), None)


def _read(study: Study) -> dict[tuple[str, str], str]:
    """Every variable of another dataset that ADaM specs name, and the first line that does."""
    reads = _Every(study, "adam", operations())
    found: dict[tuple[str, str], str] = {}
    for dataset in study.adam.values():
        for node, at in _of_dataset(reads, dataset):
            source, _, name = node.partition(".")
            if name:
                found.setdefault((source, name), at)
    return found


def _of_dataset(reads: _Every, dataset: Dataset) -> Iterator[tuple[str, str]]:
    if dataset.origin:
        names = (*dataset.where, *reads.lowest_names(dataset))
        yield from ((reads.node(dataset.origin, name), dataset.at) for name in names)
    steps: list[Step] = [p.step for p in dataset.parameters]
    steps += [step for variable in dataset.variables for step in variable.steps]
    steps += [check.step for check in dataset.checks]
    for step in steps:
        yield from ((node, step.at) for node in reads.step_reads(dataset, step))
