"""The checks that a dataset's spec asks for, as findings on the records that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from cdisc_hai.errors import CdiscHaiError
from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Dataset
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.model import Check
from cdisc_hai.registry import operations, template_names

Sources = Callable[[str, Check, pd.DataFrame], Iterable[tuple[str, ...]]]
"""By the variable that is checked ("" for none), the check and the records that fail it: where
each of them came from."""


def findings_asked(
    dataset: Dataset,
    frame: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    *,
    sources: Sources,
    error: type[CdiscHaiError],
) -> Iterator[Finding]:
    """Findings of every check of one dataset; ``error`` is raised where a variable is not there."""
    for check in dataset.checks:
        operation = operations()[check.step.op]
        try:
            failed = operation.function(frame, tables, **check.step.params)
        except KeyError as missing:
            raise error(f"{check.at}: no {missing.args[0]!r} to check") from missing
        variable = str(check.step.params.get("variable", ""))
        bad = frame[failed & matches(frame, check.where)]
        for source, message in zip(sources(variable, check, bad), _said(check, bad), strict=True):
            yield Finding(
                rule=check.rule,
                severity=check.severity,  # type: ignore[arg-type]  # checked when the spec was read
                message=message,
                dataset=dataset.name,
                variable="" if variable.startswith("_") else variable,  # a helper of the spec
                sources=source,
                spec=check.at,
                mend=check.mend,
            )


def _said(check: Check, bad: pd.DataFrame) -> list[str]:
    """The message on each record; a variable in braces is the record's value of it."""
    said = [check.message] * len(bad)
    for name in template_names(check.message):
        mark, values = f"{{{name}}}", texts(bad[name])
        said = [text.replace(mark, value) for text, value in zip(said, values, strict=True)]
    return said
