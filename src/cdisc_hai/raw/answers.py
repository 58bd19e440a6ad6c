"""What records of a form answer: questions left open, answers that disagree, values that change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from cdisc_hai.findings import Finding
from cdisc_hai.metadata import Form
from cdisc_hai.metadata.conditions import matches, present, variables_read
from cdisc_hai.metadata.model import Answers, Steady
from cdisc_hai.metadata.words.phrases import where_words
from cdisc_hai.raw.dictionary import Dictionary
from cdisc_hai.raw.folded import folded


class _Words:
    """What the dictionary calls a form's columns and their codes."""

    def __init__(self, form: Form, dictionary: Dictionary) -> None:
        self.labels = dictionary.labels_of(form.known_as)
        self.form, self.dictionary = form, dictionary

    def column(self, column: str) -> str:
        """A column by its question: ``'Route' (exroute)``."""
        label = self.labels.get(column, "")
        return f"'{label}' ({column})" if label else column

    def value(self, column: str, value: str) -> str:
        """A value with what it means: ``'1' (Hepatic artery)``."""
        meaning = self.dictionary.meanings_of(self.form.known_as, column).get(value, value)
        return f"'{value}'" if meaning == value else f"'{value}' ({meaning})"


def answer_findings(form: Form, frame: pd.DataFrame, dictionary: Dictionary) -> Iterator[Finding]:
    """Findings on the records of a form that count, each with its line."""
    words = _Words(form, dictionary)
    for asked in form.answers:
        rows = frame[matches(frame, asked.where)]
        yield from _open(asked, rows, words)
        yield from _not_expected(asked, rows, words)
        yield from _against(asked, rows, words)
    for steady in form.steady:
        yield from _changing(steady, frame, words)


def _open(asked: Answers, rows: pd.DataFrame, words: _Words) -> Iterator[Finding]:
    for column in asked.present:
        for source in rows.loc[~present(rows[column]), "@src"]:
            message = f"no answer to {words.column(column)}{_given(asked.where)}"
            mend = "complete the answer in the EDC system"
            yield _told("RAW-NO-ANSWER", message, column, source, asked.at, mend)


def _not_expected(asked: Answers, rows: pd.DataFrame, words: _Words) -> Iterator[Finding]:
    for column in asked.absent:
        bad = rows[present(rows[column])]
        for value, source in zip(bad[column], bad["@src"], strict=True):
            message = f"{words.column(column)} is {words.value(column, value)}{_given(asked.where)}"
            mend = "take the answer out, or correct the other one, in the EDC system"
            yield _told("RAW-ANSWERS-DISAGREE", message, column, source, asked.at, mend)


def _against(asked: Answers, rows: pd.DataFrame, words: _Words) -> Iterator[Finding]:
    """A record that does not meet the condition; columns of it that are empty are not judged."""
    for column, wanted in asked.must.items():
        others = [n for n in (column, *variables_read(wanted)) if n in rows.columns]
        judged = pd.concat([present(rows[n]) for n in others], axis=1).all(axis=1)
        bad = rows[judged & ~matches(rows, {column: wanted})]
        for value, source in zip(bad[column], bad["@src"], strict=True):
            said = f"{words.column(column)} is {words.value(column, value)}{_given(asked.where)}"
            message = f"{said}: {asked.message or 'it does not agree'}"
            mend = "correct one of the answers in the EDC system"
            yield _told("RAW-ANSWERS-DISAGREE", message, column, source, asked.at, mend)


def _changing(steady: Steady, frame: pd.DataFrame, words: _Words) -> Iterator[Finding]:
    """Records that say otherwise than most of the same thing do, or than the first of as many;
    small and capital letters and blanks count alike."""
    order = frame[matches(frame, steady.where)].sort_values("@number", kind="stable")
    for column in steady.columns:
        said = order[present(order[column])]
        by = [said[name] for name in steady.by]
        folds = folded(said[column])
        counts = said.groupby([*by, folds], sort=False)["@src"].transform("size")
        most = counts.groupby(by, sort=False).transform("max")
        usual = said[column].where(counts.eq(most)).groupby(by, sort=False).transform("first")
        bad = said[folds.ne(folded(usual))]
        for value, other, source in zip(bad[column], usual[bad.index], bad["@src"], strict=True):
            here, there = words.value(column, value), words.value(column, other)
            message = f"{words.column(column)} is {here}, and in other records {there}"
            mend = "correct the record that is wrong in the EDC system"
            yield _told("RAW-VALUE-CHANGES", message, column, source, steady.at, mend)


def _given(where: Mapping[str, Any]) -> str:
    """Which records were asked: ``, where exmod is "N"``."""
    return f", where {where_words(where, str)}" if where else ""


def _told(rule: str, message: str, column: str, source: str, at: str, mend: str) -> Finding:
    return Finding(
        rule=rule,
        severity="warning",
        message=message,
        variable=column,
        sources=(source,),
        spec=at,
        mend=mend,
    )
