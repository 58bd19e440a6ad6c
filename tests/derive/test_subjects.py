"""Subjects by number, in columns of text and in columns that a run has coded alike."""

import numpy as np
import pandas as pd
import pytest

from cdisc_hai.derive.subjects import Subjects, among, numbers, places, taken

WANTED = pd.Series(["B", "C", "A", "B"], dtype=object)
THERE = pd.Series(["B", "A", "A"], dtype=object)


def coded(subjects: Subjects, *columns: pd.Series) -> list[pd.Series]:
    for column in columns:
        subjects.coded(column)
    return [pd.Series(subjects.coded(column)) for column in columns]


@pytest.mark.parametrize("kind", ["text", "coded", "one coded"])
def test_the_first_row_of_each_subject_is_found_and_none_for_a_stranger(kind: str) -> None:
    wanted, there = WANTED, THERE
    if kind != "text":
        wanted, there = coded(Subjects(), wanted, there)
    if kind == "one coded":
        there = THERE
    assert places(wanted, there).tolist() == [0, -1, 1, 0]
    assert among(wanted, there).tolist() == [True, False, True, True]


def test_no_table_has_no_row() -> None:
    nobody = pd.Series([], dtype=object)
    assert places(WANTED, nobody).tolist() == [-1, -1, -1, -1]
    assert places(nobody, WANTED).tolist() == []


def test_numbers_stand_in_the_order_of_the_texts() -> None:
    every = Subjects()
    (column,) = coded(every, WANTED)
    assert (numbers(WANTED)[0].tolist(), numbers(column)[0].tolist()) == ([1, 2, 0, 1],) * 2


def test_a_subject_that_comes_later_leaves_the_order_and_columns_made_before_can_be_coded_anew() -> (
    None
):
    every = Subjects(pd.Series(["B", "D"], dtype=object))
    before = pd.Series(every.coded(pd.Series(["D", "B"], dtype=object)))
    every.coded(pd.Series(["C", None], dtype=object))
    anew = pd.Series(every.coded(before))
    assert every.dtype.categories.tolist() == ["B", "C", "D"]
    assert (anew.tolist(), anew.cat.codes.tolist()) == (["D", "B"], [2, 0])
    assert places(before, anew).tolist() == [0, 1]
    assert every.coded(pd.Series([None, "C"], dtype=object)).codes.tolist() == [-1, 1]


def test_what_is_not_there_is_a_missing_number_or_an_empty_text() -> None:
    rows = np.array([1, -1])
    assert taken(pd.Series([1.0, 2.0]), rows).tolist()[0] == 2.0
    assert np.isnan(taken(pd.Series([1.0, 2.0]), rows)[1])
    assert taken(pd.Series(["x", "y"]), rows).tolist() == ["y", ""]
    assert taken(pd.Series(["x", "y"], dtype="category"), rows).tolist() == ["y", ""]
