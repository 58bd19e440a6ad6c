"""The rules run over a folder of datasets; what breaks them becomes findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from cdisc_hai.conform.rule import Broken, Rule
from cdisc_hai.conform.rules import every_rule
from cdisc_hai.conform.table import Folder, Table
from cdisc_hai.conform.tell import lines_of, shown, told
from cdisc_hai.findings import Finding

MOST_VALUES = 20
"""More wrong values of one variable than this are told together."""
_TOLD_OF_MANY = 3

Told = Mapping[tuple[str, str, str], frozenset[int]]


def judge(
    folder: Folder,
    *,
    standards: Collection[str] = ("sdtm", "adam"),
    rules: Iterable[Rule] | None = None,
    before: Iterable[Finding] = (),
) -> list[Finding]:
    """What the rules find in the datasets of ``standards``; the others can be looked up in.

    ``before`` are findings of the specs' contracts: a record that one of them has told for a
    variable is not told again by a rule that says the same.
    """
    already = _told(before)
    found: list[Finding] = []
    for rule in every_rule().values() if rules is None else rules:
        for table, broken in _broken(rule, folder, standards):
            found += _findings(rule, table, broken, already)
    return found


def _broken(
    rule: Rule, folder: Folder, standards: Collection[str]
) -> Iterator[tuple[Table, Broken]]:
    if rule.once:
        if rule.standard == "both" or rule.standard in standards:
            for broken in rule.function(folder.get(""), folder):
                yield folder.get(broken.dataset), broken
        return
    for table in folder.tables.values():
        if table.standard in standards and rule.looks_at(table, folder):
            for broken in rule.function(table, folder):
                yield table, broken


def _findings(rule: Rule, table: Table, broken: Broken, already: Told) -> Iterator[Finding]:
    name = table.variable(broken.variable)
    spec = table.spec.variable(name) if table.spec else None
    finding = Finding(
        rule=rule.id,
        severity=rule.severity,
        message=broken.says,
        dataset=table.name,
        variable=name,
        spec=spec.at if spec else table.spec.at if table.spec else "",
        mend=rule.mend,
    )
    if broken.bad is None:
        if not any((contract, table.name, name) in already for contract in rule.told_by):
            yield finding
        return
    bad = broken.bad & ~_known(rule, table, name, already) if rule.told_by else broken.bad
    if not bad.any():
        return
    quotes = (name,) if broken.quotes is None else tuple(map(table.variable, broken.quotes))
    frame = table.frame.assign(**broken.beside) if broken.beside else table.frame
    yield from _each_value(finding, frame, bad, [q for q in quotes if q in frame.columns])


def _each_value(
    finding: Finding, frame: pd.DataFrame, bad: pd.Series, quotes: list[str]
) -> Iterator[Finding]:
    lines = lines_of(frame)
    found = frame.loc[bad.to_numpy(dtype=bool), quotes].drop_duplicates()
    if len(found) <= MOST_VALUES:
        yield from told(finding, frame, bad, quotes, lines)
        return
    first = found.head(_TOLD_OF_MANY).itertuples(index=False)
    some = "; ".join(", ".join(_named(quotes, values)) for values in first)
    says = f"{len(found)} values, such as {some}: {finding.message}"
    yield from told(replace(finding, message=says), frame, bad, [], lines)


def _named(names: list[str], values: Iterable[object]) -> list[str]:
    """Values as a message shows them, with their names where there are several."""
    texts = [shown(value) for value in values]
    if len(names) < 2:
        return texts
    return [f"{name} {text}" for name, text in zip(names, texts, strict=True)]


def _told(findings: Iterable[Finding]) -> Told:
    found: dict[tuple[str, str, str], set[int]] = {}
    for finding in findings:
        key = (finding.rule, finding.dataset, finding.variable)
        found.setdefault(key, set()).update(finding.rows)
    return {key: frozenset(rows) for key, rows in found.items()}


def _known(rule: Rule, table: Table, variable: str, already: Told) -> pd.Series:
    known = table.none()
    for contract in rule.told_by:
        rows = already.get((contract, table.name, variable), frozenset())
        known[[row - 1 for row in rows]] = True
    return known
