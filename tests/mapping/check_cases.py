"""Cases of the checks: the answer is Y where a record fails."""

from __future__ import annotations

from tests.mapping.case import Case

TU = """
    | USUBJID | TULNKID |
    | 1       | T1      |
    | 2       | T2      |
"""
DEATHS = """
    | USUBJID | DTHDTC     |
    | 1       | 2024-03-10 |
    | 2       | 2024-03    |
    | 3       |            |
"""

CASES = (
    Case(
        "in_dataset",
        "A value that the subject does not have in the other dataset fails",
        """
        | USUBJID | TRLNKID | => |
        | 1       | T1      |    |
        | 1       | T2      | Y  |
        | 2       | T2      |    |
        | 9       | T1      | Y  |
        | 1       |         |    |
        """,
        {"variable": "TRLNKID", "source": "TU.TULNKID"},
        {"TU": TU},
    ),
    Case(
        "in_dataset",
        "Where the other dataset has no record every value fails",
        """
        | USUBJID | TRLNKID | => |
        | 1       | T1      | Y  |
        | 1       |         |    |
        """,
        {"variable": "TRLNKID", "source": "TU.TULNKID"},
        {"TU": "| USUBJID | TULNKID |"},
    ),
    Case(
        "none_of",
        "A record with one of the values fails, one without any does not",
        """
        | RSSTRESC | => |
        | NA       | Y  |
        | na       |    |
        | NE       |    |
        |          |    |
        """,
        {"variable": "RSSTRESC", "values": ["NA", "UNK"]},
    ),
    Case(
        "reads_as_number",
        "A text fails that is neither a number nor one beyond a limit",
        """
        | LBORRES | => |
        | 9.5     |    |
        | <2.0    |    |
        | >= 1e3  |    |
        | high    | Y  |
        | 12,5    | Y  |
        | <       | Y  |
        |         |    |
        """,
        {"variable": "LBORRES"},
    ),
    Case(
        "is_present",
        "A record without a value fails",
        """
        | RSDTC   | => |
        | 2024-01 |    |
        |         | Y  |
        """,
        {"variable": "RSDTC"},
    ),
    Case(
        "not_below",
        "A number below the limit fails, whether collected as number or as text",
        """
        | TRORRES | => |
        | -0.1    | Y  |
        | 0       |    |
        | 12      |    |
        | ABSENT  |    |
        |         |    |
        """,
        {"variable": "TRORRES", "limit": 0},
    ),
    Case(
        "not_before",
        "A date fails that surely lies before the start",
        """
        | AEENDTC          | AESTDTC          | => |
        | 2024-03-01       | 2024-03-02       | Y  |
        | 2024-03-02       | 2024-03-02       |    |
        | 2024-02          | 2024-03-01       | Y  |
        | 2024-03          | 2024-03-31       |    |
        | 2023             | 2024-01          | Y  |
        | 2024             | 2024-12-31       |    |
        | 2024-03-02T09:00 | 2024-03-02T09:01 | Y  |
        | 2024-03-02T09:01 | 2024-03-02T09:01 |    |
        | 2024-03-02       | 2024-03-02T09:01 |    |
        |                  | 2024-03-02       |    |
        | 2024-03-02       |                  |    |
        """,
        {"variable": "AEENDTC", "start": "AESTDTC"},
    ),
    Case(
        "not_before",
        "A time to the minute is not before a second within that minute",
        """
        | AEENDTC          | AESTDTC             | => |
        | 2024-03-02T09:00 | 2024-03-02T09:00:30 |    |
        """,
        {"variable": "AEENDTC", "start": "AESTDTC"},
    ),
    Case(
        "not_after",
        "A date fails that surely lies after that of the subject",
        """
        | USUBJID | RSDTC            | => |
        | 1       | 2024-03-11       | Y  |
        | 1       | 2024-03-10T23:00 |    |
        | 1       | 2024-03          |    |
        | 1       | 2024-04          | Y  |
        | 2       | 2024-03-31       |    |
        | 2       | 2024-04-01       | Y  |
        | 3       | 2024-04-01       |    |
        | 9       | 2024-04-01       |    |
        | 1       |                  |    |
        """,
        {"variable": "RSDTC", "source": "DM.DTHDTC"},
        {"DM": DEATHS},
    ),
    Case(
        "one_to_one",
        "Two names of one code fail, and two codes of one name",
        """
        | VSTESTCD | VSTEST    | => |
        | SYSBP    | Systolic  |    |
        | SYSBP    | Systolic  |    |
        | PULSE    | Pulse     | Y  |
        | PULSE    | Heartrate | Y  |
        | WEIGHT   | Weight    | Y  |
        | WT       | Weight    | Y  |
        """,
        {"variables": ["VSTESTCD", "VSTEST"]},
    ),
    Case(
        "known_to",
        "A date without its month fails",
        """
        | DTHDTC     | => |
        | 2024-03-10 |    |
        | 2024-03    |    |
        | 2024       | Y  |
        | 2024---15  | Y  |
        |            | Y  |
        """,
        {"variable": "DTHDTC", "part": "month"},
    ),
    Case(
        "known_to",
        "A date without its day fails",
        """
        | DTHDTC           | => |
        | 2024-03-10T09:00 |    |
        | 2024-03          | Y  |
        | 2024---15        | Y  |
        """,
        {"variable": "DTHDTC", "part": "day"},
    ),
    Case(
        "known_to",
        "A date without its year fails",
        """
        | DTHDTC    | => |
        | 2024      |    |
        | 2024---15 |    |
        |           | Y  |
        """,
        {"variable": "DTHDTC", "part": "year"},
    ),
    Case(
        "with_record",
        "A record fails whose subject has none of the others at the same visit",
        """
        | USUBJID | VISITNUM# | => |
        | 1       | 2         |    |
        | 1       | 3         | Y  |
        | 2       | 2         | Y  |
        """,
        {"of": [{"dataset": "RS", "match": {"VISITNUM": "VISITNUM"}, "where": {"RSSTAT": ""}}]},
        {
            "RS": """
            | USUBJID | VISITNUM# | RSSTAT   |
            | 1       | 2         |          |
            | 1       | 3         | NOT DONE |
            """
        },
    ),
    Case(
        "with_record",
        "One of several sources is enough, on any day that the dates may mean",
        """
        | USUBJID | RFSTDTC    | => |
        | 1       | 2024-01-01 |    |
        | 2       | 2024-01-01 |    |
        | 3       | 2024-01-01 | Y  |
        | 4       |            |    |
        """,
        {
            "variable": "RFSTDTC",
            "from_day": 1,
            "to_day": 70,
            "of": [
                {"dataset": "RS", "date": "RSDTC"},
                {"dataset": "DS", "date": "DSSTDTC", "where": {"DSDECOD": "DEATH"}},
            ],
        },
        {
            "RS": """
            | USUBJID | RSDTC      |
            | 1       | 2024-03    |
            | 3       | 2024-03-12 |
            | 3       | 2024-01-01 |
            """,
            "DS": """
            | USUBJID | DSDECOD | DSSTDTC    |
            | 2       | DEATH   | 2024-01-02 |
            | 3       | OTHER   | 2024-01-02 |
            """,
        },
    ),
    Case(
        "without_record",
        "A dose fails that is given surely after the end of treatment",
        """
        | USUBJID | ECSTDTC    | => |
        | 1       | 2024-03-02 | Y  |
        | 1       | 2024-03-01 |    |
        | 1       | 2024-03    |    |
        | 1       |            |    |
        | 2       | 2024-03-02 |    |
        """,
        {
            "variable": "ECSTDTC",
            "to_day": -1,
            "of": [{"dataset": "DS", "date": "DSSTDTC", "where": {"DSSCAT": "STUDY TREATMENT"}}],
        },
        {
            "DS": """
            | USUBJID | DSSCAT          | DSSTDTC    |
            | 1       | STUDY TREATMENT | 2024-03-01 |
            | 2       | OTHER           | 2024-03-01 |
            """
        },
    ),
)
