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

CONSENTS = """
    | USUBJID | RFICDTC    |
    | 1       | 2024-03-10 |
    | 2       | 2024-03    |
    | 3       |            |
"""

CASES = (
    Case(
        "meets",
        "A record fails that does not meet the condition, one of two variables too",
        """
        | ECGRPID | _CYCLE | => |
        | 4       | 4      |    |
        | 4       | 5      | Y  |
        |         | 5      | Y  |
        """,
        {"condition": {"ECGRPID": {"same_as": "_CYCLE"}}},
    ),
    Case(
        "within",
        "A number fails below or above the first limits that fit it; the limits are within",
        """
        | VSTESTCD | VSORRES | => |
        | HEIGHT   | 1.7     | Y  |
        | HEIGHT   | 120     |    |
        | HEIGHT   | 220     |    |
        | HEIGHT   | 220.1   | Y  |
        | TEMP     | 98.2    | Y  |
        | TEMP     | 20      |    |
        | PULSE    | 9999    |    |
        | HEIGHT   | tall    |    |
        | HEIGHT   |         |    |
        """,
        {
            "variable": "VSORRES",
            "limits": [
                {"when": {"VSTESTCD": "HEIGHT"}, "low": 120, "high": 220},
                {"when": {"VSTESTCD": ["HEIGHT", "TEMP"]}, "high": 43},
            ],
        },
    ),
    Case(
        "near_usual",
        "A number fails that is further from the subject's median than so many percent",
        """
        | USUBJID | VSTESTCD | VSSTRESN# | => |
        | 1       | WEIGHT   | 60        |    |
        | 1       | WEIGHT   | 75        |    |
        | 1       | WEIGHT   | 60        |    |
        | 1       | WEIGHT   | 75.1      | Y  |
        | 1       | WEIGHT   | 6         | Y  |
        | 1       | PULSE    | 75.1      |    |
        | 2       | WEIGHT   | 60        |    |
        | 2       | WEIGHT   | 600       |    |
        | 1       | WEIGHT   |           |    |
        """,
        {"variable": "VSSTRESN", "by": ["VSTESTCD"], "percent": 25},
    ),
    Case(
        "dated_within",
        "A date fails that surely lies too many days before or after that of the subject",
        """
        | USUBJID | RANDDTC    | => |
        | 1       | 2024-03-09 | Y  |
        | 1       | 2024-03-10 |    |
        | 1       | 2024-03-24 |    |
        | 1       | 2024-03-25 | Y  |
        | 1       | 2024-03    |    |
        | 1       | 2024-04    | Y  |
        | 2       | 2024-04-14 |    |
        | 2       | 2024-04-15 | Y  |
        | 2       | 2024-02-29 | Y  |
        | 3       | 2030-01-01 |    |
        | 1       |            |    |
        """,
        {"variable": "RANDDTC", "start": "DM.RFICDTC", "from_day": 0, "to_day": 14},
        {"DM": CONSENTS},
    ),
    Case(
        "dated_within",
        "A date is compared with another of the record; the limit that is left out is open",
        """
        | ECENDTC    | ECSTDTC          | => |
        | 2024-03-13 | 2024-03-10T09:00 |    |
        | 2024-03-14 | 2024-03-10T09:00 | Y  |
        | 2023-03-14 | 2024-03-10T09:00 |    |
        """,
        {"variable": "ECENDTC", "start": "ECSTDTC", "to_day": 3},
    ),
    Case(
        "in_order",
        "A date fails that surely lies before that of the subject's visit with the number before",
        """
        | USUBJID | SVSTDTC    | VISITNUM# | _SERIES | => |
        | 1       | 2024-03-15 | 4         | CYCLE   |    |
        | 1       | 2024-03-01 | 3         | CYCLE   |    |
        | 1       | 2023-03-29 | 5         | CYCLE   | Y  |
        | 1       | 2024-04-12 | 6         | CYCLE   |    |
        | 1       | 2024-02-01 | 7         | SCAN    |    |
        | 1       | 2024-04    | 7         | CYCLE   |    |
        | 1       |            | 8         | CYCLE   |    |
        | 2       | 2024-03-01 | 4         | CYCLE   |    |
        | 2       | 2024-02-01 | 4         | CYCLE   |    |
        """,
        {"variable": "SVSTDTC", "order": "VISITNUM", "by": ["_SERIES"]},
    ),
    Case(
        "at_most",
        "The records of a subject that share a value fail where there are too many of them",
        """
        | USUBJID | TULOC | => |
        | 1       | LIVER | Y  |
        | 1       | LUNG  |    |
        | 1       | LIVER | Y  |
        | 1       | LIVER | Y  |
        | 2       | LIVER |    |
        """,
        {"by": ["TULOC"], "count": 2},
    ),
    Case(
        "not_before",
        "A date fails that surely lies before that of the subject",
        """
        | USUBJID | LBDTC      | => |
        | 1       | 2024-03-09 | Y  |
        | 1       | 2024-03-10 |    |
        | 2       | 2024-03-01 |    |
        | 2       | 2024-02-29 | Y  |
        | 3       | 2020-01-01 |    |
        """,
        {"variable": "LBDTC", "start": "DM.RFICDTC"},
        {"DM": CONSENTS},
    ),
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
