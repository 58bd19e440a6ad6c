"""Checks of what study.yaml names in the datasets."""

from __future__ import annotations

from collections.abc import Iterator

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.model import Imputation, Study
from cdisc_hai.metadata.reads import CUTOFF


def fault_at(place: str, message: str) -> Fault:
    """A fault at ``file:line``."""
    file, line = place.rsplit(":", 1)
    return Fault(file, int(line), message)


def cutoff_faults(study: Study) -> Iterator[Fault]:
    """What study.yaml says of where ADaM finds the data cut-off."""
    where = study.cutoff_source
    if not where:
        return
    for key in ("dataset", "variable"):
        if not where.get(key):
            yield fault_at(study.at, f"'cutoff' needs '{key}': where ADaM finds the data cut-off")
            return
    dataset = study.sdtm.get(str(where.get("dataset")))
    name = str(where.get("variable", ""))
    if dataset is not None and dataset.variable(name) is None:
        yield fault_at(study.at, f"'cutoff': {dataset.name} has no variable '{name}'")


def imputation_faults(study: Study, rule: Imputation) -> Iterator[Fault]:
    """Dates of an imputation rule that no ADaM dataset has."""
    for name in (rule.after, rule.same, *rule.bounds):
        if name in ("", CUTOFF):
            continue
        dataset, _, variable = name.partition(".")
        if dataset not in study.adam or study.adam[dataset].variable(variable) is None:
            yield fault_at(rule.at, f"imputation '{rule.name}': no ADaM variable '{name}'")
