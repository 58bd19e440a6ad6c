"""Records that are added, texts and times, on drawn tables."""

from typing import Any

import pytest

from cdisc_hai.metadata.dates import day_of_iso
from tests.derive.calls import imputer, run, values
from tests.derive.drawn_dates import day, frame, same

LAB = frame(
    """
    | USUBJID | PARAMCD | AVISITN# | AVISIT | ADY# | AVAL# | ANL01FL |
    | A       | ALT     | 0        | Base   | 1    | 20    | Y       |
    | A       | ALT     | 2        | Week 2 | 14   | 30    | Y       |
    | A       | ALT     | 2        | Week 2 | 19   | 35    |         |
    | A       | ALT     | 4        | Week 4 | 28   | 25    | Y       |
    | A       | AST     | 0        | Base   | 1    | 7     | Y       |
    | B       | ALT     | 0        | Base   | 1    | 9     | Y       |
    | B       | ALT     | 6        | Week 6 | 45   | 8     | Y       |
    """,
    "XLB",
)
SUBJECTS = frame("| USUBJID |\n| A |\n| B |", "ADSL")


def test_extreme_records_are_the_last_or_worst_of_each_group_once_more() -> None:
    found = run(
        "extreme_records",
        SUBJECTS,
        {"XLB": LAB},
        dataset="XLB",
        by=["PARAMCD"],
        order=["AVAL descending", "ADY"],
        where={"AVISITN": {"above": 0}},
        keep=["PARAMCD", "AVAL"],
        take={"ADYWORST": "ADY"},
    )
    same(
        found,
        """
        | USUBJID | PARAMCD | AVAL# | ADYWORST# | @from |
        | A       | ALT     | 35    | 19        | XLB:3 |
        | B       | ALT     | 8     | 45        | XLB:7 |
        """,
    )
    last = run(
        "extreme_records",
        SUBJECTS[:1],
        {"XLB": LAB},
        dataset="XLB",
        order=["ADY"],
        pick="last",
        keep=["ADY"],
    )
    same(last, "| USUBJID | ADY# |\n| A | 28 |")


def test_carried_records_fill_the_visits_that_a_subject_lacks_after_the_first() -> None:
    found = run(
        "carried_records",
        SUBJECTS,
        {"XLB": LAB},
        dataset="XLB",
        by=["PARAMCD"],
        visit="AVISITN",
        visits={"2": "Week 2", "4": "Week 4", "6": "Week 6"},
        order=["ADY"],
        where={"ANL01FL": "Y", "AVISITN": {"above": 0}},
        keep=["PARAMCD", "AVAL", "ADY"],
    )
    # A's last observation of week 4 stands for week 6; B has none before week 6
    same(
        found,
        """
        | USUBJID | PARAMCD | AVISITN# | AVISIT | ADY# | AVAL# | @from |
        | A       | ALT     | 6        | Week 6 | 28   | 25    | XLB:4 |
        """,
    )


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("{TEST} ({UNIT})", ["Sodium (mmol/L)", "", ""]),
        ("{TEST}[ ({UNIT})]", ["Sodium (mmol/L)", "pH", ""]),
        ("[{TEST} ]{NUMBER}", ["Sodium 1", "pH 2.5", "3"]),
        ("always", ["always", "always", "always"]),
    ],
)
def test_text_of_writes_variables_into_a_text(template: str, wanted: list[str]) -> None:
    rows = frame("""
        | USUBJID | TEST   | UNIT   | NUMBER# |
        | A       | Sodium | mmol/L | 1       |
        | A       | pH     |        | 2.5     |
        | A       |        | mmol/L | 3       |
    """)
    found = values("text_of", rows, {}, template=template)
    same(found, "| NEW |\n" + "\n".join(f"| {text} |" for text in wanted))


DATES = frame("""
    | USUBJID | ^AE.AESTDTC         | @from |
    | A       | 1960-01-02T01:02:03 | AE:1  |
    | A       | 1960-01-02T01:02    | AE:2  |
    | A       | 1960-01-02T01       | AE:3  |
    | A       | 1960-01-02          | AE:4  |
    | A       | 1960-01             | AE:5  |
    | A       |                     | AE:6  |
""")


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, ["90123", "90120", "", "", "", ""]),
        ({"time": "first"}, ["90123", "90120", "90000", "86400", "", ""]),
        ({"time": "last"}, ["90123", "90179", "93599", "172799", "", ""]),
        ({"time": "12:30"}, ["90123", "90120", "91800", "131400", "", ""]),
        ({"time": "first", "impute": {"to": "last"}}, ["90123", "90120", "90000", "86400", "2592000", ""]),
    ],
)  # fmt: skip
def test_datetime_of_counts_seconds_and_completes_what_the_spec_says(
    more: dict[str, Any], wanted: list[str]
) -> None:
    if "impute" in more:
        more = {**more, "impute": imputer({}, **more["impute"])}
    found = values("datetime_of", DATES, {}, source="AE.AESTDTC", **more)
    assert ["" if v != v else f"{v:.0f}" for v in found["NEW"]] == wanted


def test_time_of_and_its_flag_tell_the_time_of_day_and_what_of_it_is_imputed() -> None:
    found = values("time_of", DATES, {}, source="AE.AESTDTC", time="first")
    same(found, "| NEW# |\n| 3723 |\n| 3720 |\n| 3600 |\n| 0 |\n| 0 |\n| |")
    rows = DATES.assign(
        ADTM=values("datetime_of", DATES, {}, source="AE.AESTDTC", time="first")["NEW"]
    )
    flags = values("time_flag", rows, {}, source="AE.AESTDTC", variable="ADTM")
    same(flags, "| NEW |\n| |\n| S |\n| M |\n| H |\n| |\n| |")


@pytest.mark.parametrize(
    ("rule", "text", "wanted", "flag"),
    [
        ({"to": "first"}, "2024", "", ""),
        ({"to": "first", "months": True}, "2024", "2024-01-01", "M"),
        ({"to": "last", "months": True}, "2024", "2024-12-31", "M"),
        ({"to": "middle", "months": True}, "2024", "2024-06-30", "M"),
        ({"to": "middle", "months": True}, "2023", "2023-06-30", "M"),
        ({"to": "middle"}, "2024-02", "2024-02-15", "D"),
        ({"to": "first", "months": True, "same": "ADSL.TRTSDT"}, "2024", "2024-03-10", "M"),
    ],
)
def test_a_rule_may_complete_the_month_too(
    rule: dict[str, Any], text: str, wanted: str, flag: str
) -> None:
    adsl = frame("| USUBJID | TRTSDT@ |\n| A | 2024-03-10 |", "ADSL")
    rows = frame(f"| USUBJID | ^AE.AESTDTC | @from |\n| A | {text} | AE:1 |")
    derived = run("day_of", rows, {}, source="AE.AESTDTC", impute=imputer({"ADSL": adsl}, **rule))
    (value,), (told,) = derived.values, derived.flags
    assert told == flag
    assert (value != value) if not wanted else value == day_of_iso(wanted) == day(wanted)
