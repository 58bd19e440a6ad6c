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
