"""Derivations of one column, on drawn tables."""

import pandas as pd
import pytest

from cdisc_hai.metadata import Codelist, Term
from tests.derive.calls import run, values
from tests.derive.drawn_dates import frame, same

ORDER = ["NE", ["CR", "NED"], "PR", "SD", "NON-CR/NON-PD", "PD"]


def test_copy_of_takes_a_variable_of_the_record_that_the_row_is_made_of() -> None:
    rows = frame("""
        | USUBJID | ^RS.RSSTRESC | @from |
        | A       | PR           | RS:1  |
        | A       | SD           | RS:2  |
    """)
    same(
        values("copy_of", rows, {}, source="RS.RSSTRESC"),
        """
        | USUBJID | NEW | FROM |
        | A       | PR  | RS:1 |
        | A       | SD  | RS:2 |
        """,
    )


def test_copy_of_takes_a_variable_of_another_dataset_from_the_subjects_record() -> None:
    rows = frame("""
        | USUBJID | @from |
        | B       | RS:1  |
        | A       | RS:2  |
        | C       | RS:3  |
    """)
    subjects = frame("""
        | USUBJID | ARM | AGE# |
        | A       | X   | 61   |
        | B       | Y   |      |
    """, "DM")  # fmt: skip
    same(
        values("copy_of", rows, {"DM": subjects}, source="DM.ARM"),
        """
        | USUBJID | NEW | FROM |
        | B       | Y   | DM:2 |
        | A       | X   | DM:1 |
        | C       |     |      |
        """,
    )
    same(
        values("copy_of", rows, {"DM": subjects}, source="DM.AGE"),
        """
        | USUBJID | NEW# | FROM |
        | B       |      | DM:2 |
        | A       | 61   | DM:1 |
        | C       |      |      |
        """,
    )


def test_same_as_takes_the_value_of_another_variable_and_its_imputation_flag() -> None:
    rows = frame("""
        | USUBJID | ADT@       | @flag.ADT |
        | A       | 2024-03-31 | D         |
        | B       |            |           |
    """)
    same(
        values("same_as", rows, {}, variable="ADT"),
        """
        | USUBJID | NEW@       | FLAG |
        | A       | 2024-03-31 | D    |
        | B       |            |      |
        """,
    )


def test_value_is_the_same_on_every_row() -> None:
    rows = frame("""
        | USUBJID |
        | A       |
        | B       |
    """)
    drawn = """
        | USUBJID | NEW  |
        | A       | DAYS |
        | B       | DAYS |
    """
    same(values("value", rows, {}, value="DAYS"), drawn)
    same(values("value", rows, {}, value=2), drawn.replace("DAYS", "2").replace("NEW", "NEW#"))


def test_record_value_is_what_the_parameters_derivation_gave() -> None:
    rows = frame("""
        | USUBJID | ~AVALC |
        | A       | PR     |
        | B       |        |
    """)
    same(
        values("record_value", rows, {}, name="AVALC"),
        """
        | USUBJID | NEW |
        | A       | PR  |
        | B       |     |
        """,
    )


def test_record_value_of_a_name_that_no_derivation_gave_is_an_error() -> None:
    rows = frame("""
        | USUBJID | ~AVALC |
        | A       | PR     |
    """)
    with pytest.raises(ValueError, match="no derivation of the records gives 'AVALCC'"):
        run("record_value", rows, {}, name="AVALCC")


def test_select_takes_the_first_case_that_fits() -> None:
    rows = frame("""
        | USUBJID | AGE# | FASFL | ARMCD |
        | A       | 64   | Y     | X     |
        | B       | 65   | Y     | Y     |
        | C       |      | N     | X     |
    """)
    cases = [
        {"when": {"AGE": {"is": "absent"}}, "value": None},
        {"when": {"AGE": {"at_least": 65}}, "value": ">=65"},
        {"value": "<65"},
    ]
    same(
        values("select", rows, {}, cases=cases),
        """
        | USUBJID | NEW  |
        | A       | <65  |
        | B       | >=65 |
        | C       |      |
        """,
    )


def test_select_gives_a_variables_value_and_is_empty_where_no_case_fits() -> None:
    rows = frame("""
        | USUBJID | FASFL | ARMCD | N# |
        | A       | Y     | X     | 7  |
        | B       | N     | Y     | 8  |
    """)
    same(
        values("select", rows, {}, cases=[{"when": {"FASFL": "Y"}, "variable": "ARMCD"}]),
        """
        | USUBJID | NEW |
        | A       | X   |
        | B       |     |
        """,
    )
    same(
        values("select", rows, {}, cases=[{"when": {"FASFL": "Y"}, "variable": "N"}]),
        """
        | USUBJID | NEW# |
        | A       | 7    |
        | B       |      |
        """,
    )


def test_number_for_reads_a_term_in_its_table_and_knows_no_other() -> None:
    rows = frame("""
        | USUBJID | AVALC         |
        | A       | CR            |
        | B       | NON-CR/NON-PD |
        | C       | UNHEARD OF    |
        | D       |               |
    """)
    same(
        values("number_for", rows, {}, variable="AVALC", table={"CR": 1, "NON-CR/NON-PD": 4}),
        """
        | USUBJID | NEW# |
        | A       | 1    |
        | B       | 4    |
        | C       |      |
        | D       |      |
        """,
    )


def test_decode_of_reads_a_term_in_its_codelist() -> None:
    sex = Codelist("SEX", "", "Sex", False, (Term("F", decode="Female"),), "codelists.yaml:1")
    rows = frame("""
        | USUBJID | SEX |
        | A       | F   |
        | B       | X   |
        | C       |     |
    """)
    same(
        values("decode_of", rows, {}, variable="SEX", codelist=sex),
        """
        | USUBJID | NEW    |
        | A       | Female |
        | B       |        |
        | C       |        |
        """,
    )


def test_sequence_number_counts_the_records_of_each_subject() -> None:
    rows = frame("""
        | USUBJID |
        | A       |
        | A       |
        | B       |
        | A       |
    """)
    same(
        values("sequence_number", rows, {}),
        """
        | USUBJID | NEW# |
        | A       | 1    |
        | A       | 2    |
        | B       | 1    |
        | A       | 3    |
        """,
    )


# --- has_record

SUBJECTS = frame("""
    | USUBJID | TRTSDT@    |
    | A       | 2024-01-10 |
    | B       | 2024-01-10 |
    | C       |            |
    | D       | 2024-01-10 |
""")
PROCEDURES = frame("""
    | USUBJID | PRTRT     | PRSTDTC    |
    | A       | BIOPSY    | 2024-01-01 |
    | A       | RESECTION | 2024-01-10 |
    | B       | RESECTION | 2024-01-09 |
    | C       | RESECTION | 2024-01-11 |
    | D       | BIOPSY    | 2024-02    |
""", "PR")  # fmt: skip


def test_has_record_flags_the_subjects_with_a_record_that_fits() -> None:
    source = {"dataset": "PR", "where": {"PRTRT": "RESECTION"}}
    same(
        values("has_record", SUBJECTS, {"PR": PROCEDURES}, sources=[source]),
        """
        | USUBJID | NEW | FROM |
        | A       | Y   | PR:2 |
        | B       | Y   | PR:3 |
        | C       | Y   | PR:4 |
        | D       | N   |      |
        """,
    )


def test_has_record_asks_several_sources_and_says_its_own_words() -> None:
    other = frame("""
        | USUBJID |
        | A       |
        | E       |
        | D       |
    """, "EX")  # fmt: skip
    sources = [{"dataset": "PR", "where": {"PRTRT": "RESECTION"}}, {"dataset": "EX"}]
    same(
        values(
            "has_record",
            frame("""
                | USUBJID |
                | A       |
                | D       |
                | F       |
            """),
            {"PR": PROCEDURES, "EX": other},
            sources=sources,
            yes="YES",
            no="",
        ),
        """
        | USUBJID | NEW | FROM |
        | A       | YES | PR:2 |
        | D       | YES | EX:3 |
        | F       |     |      |
        """,
    )


def test_has_record_not_before_a_day_counts_that_day_and_nobody_without_it() -> None:
    source = {"dataset": "PR", "date": "PRSTDTC", "not_before": "TRTSDT"}
    same(
        values("has_record", SUBJECTS, {"PR": PROCEDURES}, sources=[source]),
        """
        | USUBJID | NEW | FROM |
        | A       | Y   | PR:2 |
        | B       | N   |      |
        | C       | N   |      |
        | D       | N   |      |
        """,
    )


def test_has_record_after_a_day_does_not_count_that_day() -> None:
    source = {"dataset": "PR", "date": "PRSTDTC", "after": "TRTSDT"}
    later = PROCEDURES.assign(PRSTDTC=PROCEDURES["PRSTDTC"].replace("2024-02", "2024-01-11"))
    same(
        values("has_record", SUBJECTS, {"PR": later}, sources=[source]),
        """
        | USUBJID | NEW | FROM |
        | A       | N   |      |
        | B       | N   |      |
        | C       | N   |      |
        | D       | Y   | PR:5 |
        """,
    )


@pytest.mark.parametrize("limit", [{"not_before": "TRTSDT"}, {"not_after": "CUTOFF"}])
def test_has_record_with_a_limit_but_no_date_is_an_error(limit: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a limit on records of PR needs their 'date'"):
        run("has_record", SUBJECTS, {"PR": PROCEDURES}, sources=[{"dataset": "PR", **limit}])


def test_has_record_not_after_a_day_counts_what_may_lie_before_it_and_what_has_no_date() -> None:
    ends = frame("""
        | USUBJID | DTHDT@     |
        | A       | 2024-03-10 |
        | B       | 2024-03-10 |
        | C       | 2024-03-10 |
        | D       | 2024-03-10 |
    """, "DM")  # fmt: skip
    records = frame("""
        | USUBJID | DSSTDTC    |
        | A       | 2024-03-10 |
        | B       | 2024-03-11 |
        | C       | 2024       |
        | D       |            |
    """, "DS")  # fmt: skip
    source = {"dataset": "DS", "date": "DSSTDTC", "not_after": "DM.DTHDT"}
    found = run("has_record", ends, {"DM": ends, "DS": records}, sources=[source])
    assert list(found.values) == ["Y", "N", "Y", "Y"]


# --- worst_of_day


def flagged(text: str) -> list[str]:
    rows = frame(text)
    derived = run("worst_of_day", rows, {}, variable="AVALC", date="ADT", order=ORDER)
    return list(derived.values)


@pytest.mark.parametrize(
    "line",
    """
    NE            CR            2
    NE            NED           2
    NE            PR            2
    NE            SD            2
    NE            NON-CR/NON-PD 2
    NE            PD            2
    CR            NED           1
    CR            PR            2
    CR            SD            2
    CR            NON-CR/NON-PD 2
    CR            PD            2
    NED           CR            1
    NED           PR            2
    NED           SD            2
    NED           NON-CR/NON-PD 2
    NED           PD            2
    PR            SD            2
    PR            NON-CR/NON-PD 2
    PR            PD            2
    SD            NON-CR/NON-PD 2
    SD            PD            2
    NON-CR/NON-PD PD            2
    """.strip().splitlines(),
    ids=lambda line: " ".join(line.split()[:2]),
)
def test_the_worse_of_two_responses_of_a_day_counts_and_of_equal_ones_the_first(line: str) -> None:
    one, two, counts = line.split()
    drawn = f"""
        | USUBJID | ADT@       | AVALC | ^RS.RSSEQ# |
        | A       | 2024-02-26 | {one} | 1          |
        | A       | 2024-02-26 | {two} | 2          |
    """
    turned = f"""
        | USUBJID | ADT@       | AVALC | ^RS.RSSEQ# |
        | A       | 2024-02-26 | {two} | 2          |
        | A       | 2024-02-26 | {one} | 1          |
    """
    answer = ["Y", ""] if counts == "1" else ["", "Y"]
    assert flagged(drawn) == answer
    assert flagged(turned) == answer[::-1]


def test_of_equal_responses_of_a_day_the_lowest_sequence_number_counts_as_a_number() -> None:
    assert flagged("""
        | USUBJID | ADT@       | AVALC | ^RS.RSSEQ# |
        | A       | 2024-02-26 | SD    | 10         |
        | A       | 2024-02-26 | SD    | 9          |
    """) == ["", "Y"]


def test_each_day_of_each_subject_has_its_own_worst_response() -> None:
    assert flagged("""
        | USUBJID | ADT@       | AVALC | ^RS.RSSEQ# |
        | A       | 2024-02-26 | PD    | 1          |
        | A       | 2024-04-22 | CR    | 2          |
        | B       | 2024-02-26 | NE    | 1          |
        | B       | 2024-02-26 | NE    | 2          |
    """) == ["Y", "Y", "Y", ""]


def test_a_response_without_date_or_of_an_unknown_word_never_counts() -> None:
    assert flagged("""
        | USUBJID | ADT@       | AVALC | ^RS.RSSEQ# |
        | A       |            | PD    | 1          |
        | A       | 2024-02-26 | WORSE | 2          |
        | A       | 2024-02-26 | SD    | 3          |
        | B       | 2024-02-26 | WORSE | 1          |
        | B       | 2024-02-26 |       | 2          |
    """) == ["", "", "Y", "", ""]


def test_a_dataset_without_records_has_no_worst_response() -> None:
    empty = frame("| USUBJID | ADT@ | AVALC |")
    derived = run("worst_of_day", empty, {}, variable="AVALC", date="ADT", order=ORDER)
    assert derived.values.equals(pd.Series([], dtype=object))


def test_of_equal_values_the_lowest_record_number_is_flagged_whatever_the_sequence() -> None:
    rows = frame("""
        | USUBJID | ADT@       | AVALC | ^RS.RSSEQ# | ^RS.RSSPID |
        | A       | 2024-01-10 | SD    | 1          | 1000       |
        | A       | 2024-01-10 | SD    | 2          | 999        |
        | B       | 2024-01-10 | CR    | 1          |            |
        | B       | 2024-01-10 | NED   | 2          | 7          |
        | C       | 2024-01-10 | SD    | 2          |            |
        | C       | 2024-01-10 | SD    | 1          |            |
    """).assign(**{"@from": "RS:1"})  # fmt: skip
    derived = run(
        "worst_of_day",
        rows,
        {},
        variable="AVALC",
        date="ADT",
        order=ORDER,
        record="RS.RSSPID",
    )
    assert list(derived.values) == ["", "Y", "", "Y", "", "Y"]
