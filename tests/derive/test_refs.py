"""References to records stay numbers until they are read, and then are the texts they were."""

import numpy as np
import pandas as pd
import pytest

from cdisc_hai.derive.refs import NONE, RefDtype, Refs, joined

THREE = pd.Series(Refs.count("RS", 3))


def test_references_count_from_1_and_read_as_text() -> None:
    assert THREE.tolist() == ["RS:1", "RS:2", "RS:3"]
    assert (THREE.array[1], np.asarray(THREE).tolist()[2]) == ("RS:2", "RS:3")
    assert THREE.astype(object).tolist() == THREE.tolist()


def test_no_record_is_missing_and_reads_as_an_empty_text() -> None:
    some = pd.Series(Refs("RS", [2, NONE]))
    assert (some.tolist(), some.isna().tolist()) == (["RS:2", ""], [False, True])
    assert some.eq("").tolist() == [False, True]
    assert some.fillna("").tolist() == ["RS:2", ""]
    assert THREE.reindex([2, 9]).tolist() == ["RS:3", ""]


def test_rows_are_picked_sorted_and_stacked_without_texts() -> None:
    rows = pd.DataFrame({"S": ["B", "A", "B"], "ref": THREE})
    picked = rows[rows["S"] == "B"]
    stacked = pd.concat([picked, rows.sort_values("S", kind="stable")])
    assert stacked["ref"].dtype == RefDtype("RS")
    assert stacked["ref"].tolist() == ["RS:1", "RS:3", "RS:2", "RS:1", "RS:3"]
    assert rows.drop_duplicates("ref")["ref"].tolist() == THREE.tolist()


def test_references_to_two_datasets_stack_as_text() -> None:
    both = pd.concat([THREE, pd.Series(Refs.count("EX", 1))], ignore_index=True)
    assert both.tolist() == ["RS:1", "RS:2", "RS:3", "EX:1"]
    assert both.dtype == object


def test_references_are_compared_as_texts() -> None:
    assert THREE.eq("RS:2").tolist() == [False, True, False]
    assert (pd.Series(["RS:1", "", "RS:3"]) == THREE).tolist() == [True, False, True]


def test_texts_become_references_of_their_dataset_and_others_are_refused() -> None:
    assert Refs._from_sequence(["RS:7", ""]).numbers.tolist() == [7, NONE]
    assert pd.Series(["EX:1"], dtype=RefDtype.construct_from_string("ref[EX]")).tolist() == ["EX:1"]
    with pytest.raises(ValueError, match="'EX:1' is no record of 'RS'"):
        Refs._from_sequence(["EX:1"], dtype=RefDtype("RS"))
    with pytest.raises(TypeError, match="RefDtype"):
        RefDtype.construct_from_string("text")


def test_the_references_of_a_number_are_joined_in_their_order() -> None:
    assert joined(THREE, np.array([1, 0, 1])).tolist() == ["RS:2", "RS:1;RS:3"]
    assert joined(THREE[:0], np.array([], dtype=int)).tolist() == []
