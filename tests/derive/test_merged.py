"""Values of other datasets, and sums over their records, on drawn tables."""

import pytest

from tests.derive.calls import run, values
from tests.derive.drawn_dates import frame, same

VS = frame(
    """
    | USUBJID | VSSEQ# | VSTESTCD | VSSTRESN# | VSDTC      | VISITNUM# |
    | A       | 1      | WEIGHT   | 61        | 2024-01-01 | 1         |
    | A       | 2      | WEIGHT   | 62        | 2024-01-15 | 2         |
    | A       | 3      | WEIGHT   | 63        | 2024-01-15 | 2         |
    | A       | 4      | HEIGHT   | 170       | 2024-01-20 | 3         |
    | B       | 1      | WEIGHT   | 80        | 2024-01    | 1         |
    """,
    "VS",
)
WEIGHT = {"dataset": "VS", "where": {"VSTESTCD": "WEIGHT"}, "value": "VSSTRESN"}


def test_merged_value_is_of_the_first_or_last_record_in_an_order() -> None:
    rows = frame("| USUBJID |\n| A |\n| B |\n| C |")
    same(
        values("merged_value", rows, {"VS": VS}, **WEIGHT, order=["VSDTC descending", "VSSEQ"]),
        """
        | USUBJID | NEW# | FROM |
        | A       | 62   | VS:2 |
        | B       | 80   | VS:5 |
        | C       |      |      |
        """,
    )
    same(
        values("merged_value", rows, {"VS": VS}, **WEIGHT, order=["VSSEQ"], pick="last"),
        """
        | USUBJID | NEW# |
        | A       | 63   |
        | B       | 80   |
        | C       |      |
        """,
    )


def test_merged_value_finds_the_record_that_is_alike_in_other_variables() -> None:
    rows = frame("""
        | USUBJID | AVISITN# |
        | A       | 2        |
        | A       | 3        |
        | A       |          |
    """)
    found = values("merged_value", rows, {"VS": VS}, **WEIGHT, match={"AVISITN": "VISITNUM"})
    same(found, "| AVISITN# | NEW# |\n| 2 | 62 |\n| 3 | |\n| | |")


@pytest.mark.parametrize(
    ("limit", "pick", "wanted"),
    [
        ("not_after", "last", ["", "61", "63", "63", ""]),
        ("before", "last", ["", "", "61", "63", ""]),
        ("not_before", "first", ["61", "61", "62", "", ""]),
        ("after", "first", ["61", "62", "", "", ""]),
    ],
)
def test_merged_value_is_of_the_nearest_record_that_a_date_of_the_row_allows(
    limit: str, pick: str, wanted: list[str]
) -> None:
    rows = frame("""
        | USUBJID | ADT@       |
        | A       | 2023-12-31 |
        | A       | 2024-01-01 |
        | A       | 2024-01-15 |
        | A       | 2024-02-01 |
        | B       | 2024-02-01 |
    """)
    found = values(
        "merged_value",
        rows,
        {"VS": VS},
        **WEIGHT,
        date="VSDTC",
        order=["VSSEQ"],
        pick=pick,
        **{limit: "ADT"},
    )
    same(found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_merged_value_takes_texts_and_a_dataset_that_is_not_there_gives_none() -> None:
    rows = frame("| USUBJID |\n| A |")
    found = values("merged_value", rows, {"VS": VS}, dataset="VS", value="VSTESTCD")
    same(found, "| NEW |\n| WEIGHT |")
    same(values("merged_value", rows, {}, dataset="XX", value="XXTEST"), "| NEW |\n| |")


EX = frame(
    """
    | USUBJID | EXTRT | EXDOSE# | CYC |
    | A       | OXA   | 10      | 1   |
    | A       | OXA   | 20      | 1   |
    | A       | IRI   | 5       | 2   |
    | B       | OXA   | 7       | 1   |
    | B       | OXA   |         |     |
    """,
    "EX",
)


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        ("sum", ["35", "", ""]),
        ("mean", ["11.6667", "7", ""]),
        ("median", ["10", "7", ""]),
        ("min", ["5", "7", ""]),
        ("max", ["20", "7", ""]),
        ("count", ["3", "1", "0"]),
    ],
)
def test_summary_of_counts_and_sums_and_a_sum_with_an_unknown_part_is_unknown(
    how: str, wanted: list[str]
) -> None:
    rows = frame("| USUBJID |\n| A |\n| B |\n| C |")
    found = values("summary_of", rows, {"EX": EX}, dataset="EX", value="EXDOSE", how=how)
    same(found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_summary_of_counts_distinct_values_of_records_that_are_alike() -> None:
    rows = frame("| USUBJID | DRUG |\n| A | OXA |\n| A | IRI |\n| B | OXA |\n| B | IRI |")
    found = values(
        "summary_of",
        rows,
        {"EX": EX},
        dataset="EX",
        value="CYC",
        how="distinct",
        match={"DRUG": "EXTRT"},
    )
    same(found, "| NEW# |\n| 1 |\n| 1 |\n| 1 |\n| 0 |")


def test_summary_records_make_one_record_a_group_and_know_where_it_came_from() -> None:
    subjects = frame("| USUBJID |\n| A |", "ADSL")
    found = run(
        "summary_records",
        subjects,
        {"EX": EX},
        dataset="EX",
        by=["EXTRT"],
        sum={"AVAL": "EXDOSE"},
        max={"TOP": "EXDOSE"},
        count={"N": "EXDOSE"},
    )
    same(
        found,
        """
        | USUBJID | EXTRT | AVAL# | TOP# | N# | @from     |
        | A       | OXA   | 30    | 20   | 2  | EX:1;EX:2 |
        | A       | IRI   | 5     | 5    | 1  | EX:3      |
        """,
    )


SUMS = frame(
    """
    | USUBJID | ADT@       | AVAL# | LESION |
    | A       | 2024-01-01 | 50    | T02    |
    | A       | 2024-02-01 | 30    | T01    |
    | A       | 2024-03-01 |       | T01    |
    | A       | 2024-04-01 | 40    |        |
    | A       |            | 1     | T09    |
    | B       | 2024-01-01 | 70    | T01    |
    """,
    "XS",
)


@pytest.mark.parametrize(
    ("how", "limit", "wanted"),
    [
        ("min", "before", ["", "50", "30", "30", "30", ""]),
        ("min", "not_after", ["50", "30", "30", "30", "30", ""]),
        ("max", "after", ["40", "40", "40", "", "", ""]),
        ("sum", "not_after", ["50", "80", "", "", "", ""]),
        ("mean", "not_after", ["50", "40", "40", "40", "40", ""]),
        ("count", "not_before", ["3", "2", "1", "1", "0", "0"]),
        ("distinct", "not_after", ["1", "1", "1", "2", "2", "0"]),
    ],
)
def test_summary_of_takes_the_records_up_to_a_date_of_the_row_or_from_it_on(
    how: str, limit: str, wanted: list[str]
) -> None:
    rows = frame("""
        | USUBJID | ADT@       |
        | A       | 2024-01-01 |
        | A       | 2024-02-01 |
        | A       | 2024-03-01 |
        | A       | 2024-04-01 |
        | A       | 2024-05-01 |
        | A       |            |
    """)
    table = SUMS.assign(AVALC=["50", "50", "", "40", "1", "70"])
    value = "AVALC" if how == "distinct" else "AVAL"
    asked = {"dataset": "XS", "value": value, "how": how, "date": "ADT", limit: "ADT"}
    found = values("summary_of", rows, {"XS": table}, **asked)
    same(found, "| NEW# |\n" + "\n".join(f"| {value} |" for value in wanted))


def test_two_records_of_one_day_both_stand_before_a_later_day_and_neither_before_their_own() -> (
    None
):
    table = frame(
        """
        | USUBJID | ADT@       | AVAL# |
        | A       | 2024-01-01 | 9     |
        | A       | 2024-01-01 | 4     |
        """,
        "XS",
    )
    rows = frame("| USUBJID | ADT@ |\n| A | 2024-01-01 |\n| A | 2024-01-02 |")
    asked = {"dataset": "XS", "value": "AVAL", "how": "min", "date": "ADT", "before": "ADT"}
    same(values("summary_of", rows, {"XS": table}, **asked), "| NEW# |\n| |\n| 4 |")


def test_summary_of_refuses_what_is_not_made_up_to_a_date_and_a_limit_without_one() -> None:
    rows = frame("| USUBJID | ADT@ |\n| A | 2024-01-01 |")
    asked = {"dataset": "XS", "value": "AVAL"}
    for more, message in (
        ({"how": "median", "date": "ADT", "before": "ADT"}, "'median' is not made up to a date"),
        ({"how": "min", "before": "ADT"}, "'before' needs 'date'"),
        ({"how": "min", "date": "ADT"}, "'date' needs a limit"),
        ({"how": "min", "date": "ADT", "before": "ADT", "after": "ADT"}, "takes one of"),
    ):
        with pytest.raises(ValueError, match=message):
            values("summary_of", rows, {"XS": SUMS}, **asked, **more)


def test_lists_hold_the_distinct_texts_in_their_order() -> None:
    rows = frame("| USUBJID |\n| A |\n| B |\n| C |")
    asked = {"dataset": "XS", "value": "LESION"}
    same(
        values("summary_of", rows, {"XS": SUMS}, how="list", **asked),
        "| NEW |\n| T01, T02, T09 |\n| T01 |\n| |",
    )
    made = run(
        "summary_records",
        frame("| USUBJID |\n| A |\n| B |", "ADSL"),
        {"XS": SUMS},
        dataset="XS",
        where={"AVAL": {"above": 35}},
        list={"LSASS": "LESION"},
    )
    same(made, "| USUBJID | LSASS |\n| A | T02 |\n| B | T01 |")
