"""Frames in little memory give what pandas would give."""

import numpy as np
import pandas as pd
import pytest

from cdisc_hai.metadata.frames import (
    apart,
    columns_of,
    combined,
    each_text,
    one_below_the_other,
    rows_where,
    sorted_places,
    taken,
)


def texts(*values: str) -> pd.Series:
    return pd.Series(values, dtype=object)


def address(values: pd.Series) -> int:
    return int(np.asarray(values).__array_interface__["data"][0])


@pytest.fixture
def form() -> pd.DataFrame:
    site = texts("12", "13", "12")
    return apart({"siteid": site, "@site": site, "n": pd.Series([1.0, 2.0, 3.0])}, site.index)


def test_columns_that_are_one_array_stay_one_when_rows_are_taken(form: pd.DataFrame) -> None:
    found = taken(form, np.array([2, 0]), pd.RangeIndex(2))
    assert found.to_dict("list") == {"siteid": ["12", "12"], "@site": ["12", "12"], "n": [3.0, 1.0]}
    assert address(found["siteid"]) == address(found["@site"])


def test_a_choice_of_columns_copies_none(form: pd.DataFrame) -> None:
    found = columns_of(form, ["n", "siteid"])
    assert list(found.columns) == ["n", "siteid"]
    assert address(found["siteid"]) == address(form["siteid"])


def test_rows_keep_their_index_and_all_rows_are_the_frame_itself(form: pd.DataFrame) -> None:
    assert list(rows_where(form, form["n"].gt(1.0)).index) == [1, 2]
    assert rows_where(form, form["n"].gt(0.0)) is form


def test_frames_are_stacked_under_a_fresh_index(form: pd.DataFrame) -> None:
    assert list(one_below_the_other([form[1:], form])["n"]) == [2.0, 3.0, 1.0, 2.0, 3.0]
    assert list(one_below_the_other([form[1:]]).index) == [0, 1]


def test_each_distinct_text_is_changed_once() -> None:
    asked: list[str] = []

    def capital(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert list(each_text(texts("a", "b", "a"), capital)) == ["A", "B", "A"]
    assert asked == ["a", "b", ""]  # the empty one for those that are missing


def test_a_missing_text_is_changed_as_an_empty_one() -> None:
    values = pd.Series(["a", None], dtype=object)
    assert list(each_text(values, lambda text: text + "!")) == ["a!", "!"]


def test_rows_that_agree_have_one_number_in_the_order_in_which_they_come() -> None:
    codes, first = combined([texts("b", "a", "b", "b"), pd.Series([1.0, 1.0, 1.0, np.nan])])
    assert codes.tolist() == [0, 1, 0, 2]
    assert first.tolist() == [0, 1, 3]


def test_rows_are_ordered_by_each_column_where_those_before_it_agree() -> None:
    frame = pd.DataFrame(
        {
            "subject": texts("2", "1", "2", "1", "2"),
            "visit": [2.0, np.nan, 1.0, np.nan, 1.0],
            "row": texts("e", "d", "c", "b", "a"),
        }
    )
    assert sorted_places(frame, ["subject", "visit"]).tolist() == [1, 3, 2, 4, 0]
    assert sorted_places(frame, ["subject", "visit", "row"]).tolist() == [3, 1, 4, 2, 0]
    assert sorted_places(frame, []).tolist() == [0, 1, 2, 3, 4]


def test_order_is_that_of_a_stable_sort_of_pandas_on_random_frames() -> None:
    random = np.random.default_rng(20260101)
    for _ in range(100):
        rows = int(random.integers(0, 30))
        frame = pd.DataFrame(
            {
                "text": pd.Series(random.choice(["", "a", "Z", "é"], rows), dtype=object),
                "one": random.choice([1.0, 2.0, np.nan], rows),
                "other": random.integers(0, 5, rows).astype(float),
            }
        )
        by = list(random.permutation(frame.columns)[: random.integers(1, 4)])
        wanted = frame.sort_values(by, kind="stable", na_position="first").index
        assert sorted_places(frame, by).tolist() == wanted.tolist()
