"""SDTM made ready: qualifiers beside their parents, every row named, the cut-off found."""

from dataclasses import replace

import pandas as pd
import pytest

from cdisc_hai.adam import SdtmTables, cutoff_of, sdtm_tables
from tests.derive.calls import study
from tests.derive.drawn_dates import day, frame, same

THERAPIES = frame("""
    | USUBJID | CMSEQ# | CMSPID | CMTRT |
    | A       | 1      | 7      | one   |
    | A       | 2      | 8      | two   |
    | B       | 1      | 9      | three |
""")


def merged(parent: pd.DataFrame, qualifiers: str, name: str = "CM") -> pd.DataFrame:
    return sdtm_tables({name: parent, f"SUPP{name}": frame(qualifiers)})[name]


def test_a_qualifier_by_sequence_number_stands_beside_its_record() -> None:
    same(
        merged(
            THERAPIES,
            """
            | USUBJID | IDVAR | IDVARVAL | QNAM   | QVAL       |
            | A       | CMSEQ | 2        | INTENT | CURATIVE   |
            | B       | CMSEQ | 1        | INTENT | PALLIATIVE |
            | A       | CMSEQ | 2        | LINE   | 2          |
            """,
        ),
        """
        | USUBJID | CMSEQ# | INTENT     | LINE | @ref |
        | A       | 1      |            |      | CM:1 |
        | A       | 2      | CURATIVE   | 2    | CM:2 |
        | B       | 1      | PALLIATIVE |      | CM:3 |
        """,
    )


def test_a_qualifier_by_sponsor_id_stands_beside_its_record() -> None:
    same(
        merged(
            THERAPIES,
            """
            | USUBJID | IDVAR  | IDVARVAL | QNAM   | QVAL     |
            | A       | CMSPID | 8        | INTENT | CURATIVE |
            """,
        ),
        """
        | USUBJID | CMSEQ# | INTENT   |
        | A       | 1      |          |
        | A       | 2      | CURATIVE |
        | B       | 1      |          |
        """,
    )


def test_a_qualifier_without_idvar_belongs_to_the_subject() -> None:
    subjects = frame("""
        | USUBJID | SEX |
        | A       | F   |
        | B       | M   |
    """)
    same(
        merged(
            subjects,
            """
            | USUBJID | IDVAR | IDVARVAL | QNAM  | QVAL |
            | B       |       |          | STRAT | >5   |
            """,
            "DM",
        ),
        """
        | USUBJID | SEX | STRAT |
        | A       | F   |       |
        | B       | M   | >5    |
        """,
    )


@pytest.mark.parametrize("number", ["2", "2.0", " 2 ", "02"])
def test_an_identifying_number_may_be_written_in_several_ways(number: str) -> None:
    qualifiers = pd.DataFrame(
        {
            "USUBJID": ["A"], "IDVAR": ["CMSEQ"], "IDVARVAL": [number],
            "QNAM": ["INTENT"], "QVAL": ["CURATIVE"],
        }
    )  # fmt: skip
    table = sdtm_tables({"CM": THERAPIES, "SUPPCM": qualifiers})["CM"]
    assert table["INTENT"].tolist() == ["", "CURATIVE", ""]


def test_one_identifying_number_written_in_two_ways_leaves_one_record() -> None:
    same(
        merged(
            THERAPIES,
            """
            | USUBJID | IDVAR | IDVARVAL | QNAM   | QVAL     |
            | A       | CMSEQ | 2        | INTENT | CURATIVE |
            | A       | CMSEQ | 2.0      | LINE   | 2        |
            """,
        ),
        """
        | USUBJID | CMSEQ# | INTENT   | LINE |
        | A       | 1      |          |      |
        | A       | 2      | CURATIVE | 2    |
        | B       | 1      |          |      |
        """,
    )


def test_a_qualifier_by_sequence_here_and_by_sponsor_id_there_keeps_every_value() -> None:
    same(
        merged(
            THERAPIES,
            """
            | USUBJID | IDVAR  | IDVARVAL | QNAM   | QVAL       |
            | A       | CMSEQ  | 1        | INTENT | CURATIVE   |
            | B       | CMSPID | 9        | INTENT | PALLIATIVE |
            """,
        ),
        """
        | USUBJID | CMSEQ# | INTENT     |
        | A       | 1      | CURATIVE   |
        | A       | 2      |            |
        | B       | 1      | PALLIATIVE |
        """,
    )


def test_an_identifier_that_reads_as_infinity_is_a_text() -> None:
    parent = THERAPIES.assign(CMSPID=["INF", "8", "9"])
    table = merged(
        parent,
        """
        | USUBJID | IDVAR  | IDVARVAL | QNAM   | QVAL     |
        | A       | CMSPID | INF      | INTENT | CURATIVE |
        """,
    )
    assert table["INTENT"].tolist() == ["CURATIVE", "", ""]


def test_a_qualifier_named_as_a_variable_of_the_parent_does_not_overwrite_it() -> None:
    same(
        merged(
            THERAPIES,
            """
            | USUBJID | IDVAR | IDVARVAL | QNAM  | QVAL  |
            | A       | CMSEQ | 1        | CMTRT | WRONG |
            | A       | CMSEQ | 1        | LINE  | 1     |
            """,
        ),
        """
        | USUBJID | CMTRT | LINE |
        | A       | one   | 1    |
        | A       | two   |      |
        | B       | three |      |
        """,
    )


def test_qualifiers_that_are_all_named_as_variables_of_the_parent_change_nothing() -> None:
    table = merged(
        THERAPIES,
        """
        | USUBJID | IDVAR | IDVARVAL | QNAM  | QVAL  |
        | A       | CMSEQ | 1        | CMTRT | WRONG |
        """,
    )
    assert table["CMTRT"].tolist() == ["one", "two", "three"]


def test_an_identifying_variable_that_the_parent_does_not_have_is_passed_over() -> None:
    table = merged(
        THERAPIES,
        """
        | USUBJID | IDVAR   | IDVARVAL | QNAM   | QVAL     |
        | A       | CMGRPID | 1        | INTENT | CURATIVE |
        """,
    )
    assert len(table) == 3


def test_every_row_is_named_by_its_dataset_and_number() -> None:
    tables = sdtm_tables({"CM": THERAPIES.iloc[[2, 0]]})
    assert tables["CM"]["@ref"].tolist() == ["CM:1", "CM:2"]
    assert tables["CM"]["CMTRT"].tolist() == ["three", "one"]


def test_a_dataset_without_subjects_is_there_and_its_rows_have_no_names() -> None:
    summary = frame("""
        | TSPARMCD | TSVAL      |
        | DCUTDTC  | 2025-12-31 |
    """)
    assert sdtm_tables({"TS": summary})["TS"] is summary


def test_supplements_are_no_datasets_of_their_own() -> None:
    qualifiers = frame("""
        | USUBJID | IDVAR | IDVARVAL | QNAM   | QVAL     |
        | A       | CMSEQ | 1        | INTENT | CURATIVE |
    """)
    tables = sdtm_tables({"CM": THERAPIES, "SUPPCM": qualifiers})
    assert ("CM" in tables, "SUPPCM" in tables) == (True, False)


def test_the_frames_that_are_given_stay_as_they_are() -> None:
    parent = THERAPIES.copy()
    merged(
        parent,
        """
        | USUBJID | IDVAR | IDVARVAL | QNAM   | QVAL     |
        | A       | CMSEQ | 1        | INTENT | CURATIVE |
        """,
    )
    pd.testing.assert_frame_equal(parent, THERAPIES)


def test_a_dataset_that_is_not_there_is_empty_and_remembered() -> None:
    tables = SdtmTables({})
    assert list(tables["PR"].columns) == ["USUBJID", "@ref"]
    assert len(tables["PR"]) == 0
    assert tables.absent == {"PR"}


# --- the cut-off


def cutoff(text: str) -> float | None:
    return cutoff_of(study(), {"TS": frame(text)})


def test_the_cutoff_is_read_where_the_study_says() -> None:
    assert cutoff("""
        | TSPARMCD | TSVAL      |
        | TITLE    | A trial    |
        | DCUTDTC  | 2025-12-31 |
    """) == day("2025-12-31")


def test_a_partial_or_absent_cutoff_is_none() -> None:
    assert (
        cutoff("""
        | TSPARMCD | TSVAL   |
        | DCUTDTC  | 2025-12 |
    """)
        is None
    )
    assert (
        cutoff("""
        | TSPARMCD | TSVAL   |
        | TITLE    | A trial |
    """)
        is None
    )


def test_without_the_dataset_or_the_variable_there_is_no_cutoff() -> None:
    assert cutoff_of(study(), {}) is None
    elsewhere = replace(study(), cutoff_source={"dataset": "TS", "variable": "TSDTC"})
    assert cutoff_of(elsewhere, {"TS": frame("| TSPARMCD |\n| DCUTDTC |")}) is None
