"""Records of a parameter that is worked out from others of the same subject and visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cdisc_hai.derive.formula import worked_out
from cdisc_hai.derive.merged import record_keys
from cdisc_hai.derive.records import Made
from cdisc_hai.derive.result import Doubt, Records
from cdisc_hai.derive.sources import SUBJECT, Tables, given
from cdisc_hai.derive.subjects import among
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.numbers import as_numbers
from cdisc_hai.registry import Param, operation

Conditions = Mapping[str, Mapping[str, Any]]
_MEND = "name in 'by' or 'where' what tells these records apart"


@operation(
    "computed_records",
    stage="records",
    sentence=(
        "{gives} = {formula}, for each subject[ and {by}] with a value of each of these, of the "
        "records of {dataset}[ for which {where}]: {parts}[; of the subject alone: {once}]"
        "[; none where there is a record with {unless}][; with {take}][ and {keep}] of the first."
    ),
    dataset=Param("dataset"),
    where=Param("where_of", required=False),
    by=Param("[variable_of]", required=False),
    value=Param("variable_of"),
    parts=Param("{where_of}"),
    once=Param("{where_of}", required=False),
    unless=Param("where_of", required=False),
    formula=Param("part_formula"),
    gives=Param("text", required=False),
    take=Param("{variable_of}", required=False),
    keep=Param("[variable_of]", required=False),
)
def computed_records(
    subjects: pd.DataFrame,
    tables: Tables,
    made: Made,
    *,
    dataset: str,
    value: str,
    parts: Conditions,
    formula: Any,
    by: Sequence[str] = (),
    where: Mapping[str, Any] | None = None,
    once: Conditions | None = None,
    unless: Mapping[str, Any] | None = None,
    gives: str = "AVAL",
    take: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
) -> Records:
    """One record for each subject and values of ``by`` at which every part has a value.

    ``parts`` and ``once`` name conditions on the records; a part is their ``value``, with ``once``
    that of the subject whatever ``by`` is. Where a part has two records none is made: a doubt.
    Where there is a record of ``unless``, such as the result itself, none is made either.
    """
    table = tables[dataset]
    table = table[matches(table, where or {}) & among(table[SUBJECT], subjects[SUBJECT])]
    own = _keys(table, (SUBJECT, *by))
    alone = _keys(table, (SUBJECT,))
    every = {
        **{name: _part(table, own, value, asked) for name, asked in parts.items()},
        **{name: _part(table, alone, value, asked) for name, asked in (once or {}).items()},
    }
    doubts = [_doubt(name, part[part["twice"]]) for name, part in every.items()]
    lone = {name: part[~part["twice"]].set_index("key") for name, part in every.items()}
    first = next(iter(parts))
    at = lone[first]["at"].sort_values()
    if unless is not None:
        at = at[~at.index.isin(own[matches(table, unless)])]
    rows = table.loc[at.to_numpy()]
    beside = {
        name: lone[name].reindex((own if name in parts else alone)[rows.index].to_numpy())
        for name in every
    }
    values = pd.DataFrame({n: found["value"].to_numpy() for n, found in beside.items()})
    there = values.notna().all(axis=1).to_numpy()
    rows, values = rows[there], values[there]
    names = {**{name: name for name in (*by, *keep)}, **(take or {})}
    taken = {name: given(rows, theirs).to_numpy() for name, theirs in names.items()}
    refs = [found["ref"].to_numpy()[there] for found in beside.values()]
    frame = pd.DataFrame(
        {
            SUBJECT: rows[SUBJECT].to_numpy(),
            **taken,
            gives: worked_out(values, formula).to_numpy(dtype=float),
            "@from": [";".join(dict.fromkeys(ref)) for ref in zip(*refs, strict=True)],
        }
    )
    return Records(frame, [doubt for doubt in doubts if doubt is not None])


def _keys(table: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    parts = [given(table, name) for name in names]
    return pd.Series(record_keys(parts, len(table)), index=table.index)


def _part(
    table: pd.DataFrame, keys: pd.Series, value: str, asked: Mapping[str, Any]
) -> pd.DataFrame:
    """The records of one part that have a value, and whether there are others like it."""
    numbers = as_numbers(given(table, value))
    rows = table.index[matches(table, asked) & numbers.notna()]
    found = pd.DataFrame(
        {"key": keys[rows], "value": numbers[rows], "ref": table.loc[rows, "@ref"], "at": rows}
    )
    return found.assign(twice=found["key"].duplicated(keep=False))


def _doubt(name: str, twice: pd.DataFrame) -> Doubt | None:
    firsts = twice.drop_duplicates("key")
    if firsts.empty:
        return None
    number = twice["key"].value_counts()
    messages = [f"{number[key]} records of {name}: nothing is worked out" for key in firsts["key"]]
    return Doubt("ADAM-PART-TWICE", "warning", messages, list(firsts["ref"]), _MEND)
