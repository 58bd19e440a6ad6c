"""Cases of the operations on a whole SDTM dataset."""

from __future__ import annotations

from tests.mapping.case import Case
from tests.mapping.row_cases import SEXES

DM = """
    | USUBJID | RFSTDTC          | RFICDTC    | @src |
    | 1       | 2024-01-10T09:00 | 2024-01-02 | dm:2 |
    | 2       | 2024-01-10       | 2024-01-03 | dm:3 |
    | 3       |                  |            | dm:4 |
    | 4       | 2024-01          | 2024-01    | dm:5 |
"""
SE = """
    | USUBJID | SESTDTC          | SEENDTC          | EPOCH     | @src |
    | 1       | 2024-01-02       | 2024-01-10T09:00 | SCREENING | dm:2 |
    | 1       | 2024-01-10T09:00 | 2024-05-01       | TREATMENT | ec:2 |
    | 1       | 2024-05-01       |                  | FOLLOW-UP | eot:2 |
    | 2       |                  |                  | SCREENING | dm:3 |
"""
ENDED = """
    | USUBJID | SESTDTC          | SEENDTC          | EPOCH     | @src |
    | 1       | 2024-01-02       | 2024-01-10       | SCREENING | dm:2 |
    | 1       | 2024-01-10       | 2024-05-01       | TREATMENT | ec:2 |
    | 1       | 2024-05-01       | 2024-06-30T12:00 | FOLLOW-UP | eot:2 |
    | 2       | 2024-01-01       | 2024-01-02       | SCREENING | dm:3 |
"""
EX = """
    | USUBJID | EXTRT       | EXSTDTC          | EXENDTC    | @src |
    | 1       | IRINOTECAN  | 2024-01-24       |            | ex:3 |
    | 1       | OXALIPLATIN | 2024-01-10T09:00 | 2024-01-12 | ex:2 |
    | 1       | IRINOTECAN  | 2024-01-10       | 2024-01-10 | ex:4 |
    | 2       | IRINOTECAN  |                  |            | ex:5 |
"""
EX_DATES = [{"dataset": "EX", "date": "EXSTDTC"}]
BASELINE = {
    "date": "LBDTC",
    "result": "LBORRES",
    "by": ["LBTESTCD"],
    "reference": "DM.RFSTDTC",
}

CASES = (
    Case(
        "study_day",
        "The reference day is day 1, the day before it day -1, and a partial date has none",
        """
        | USUBJID | AESTDTC          | =># |
        | 1       | 2024-01-10       | 1   |
        | 1       | 2024-01-10T23:59 | 1   |
        | 1       | 2024-01-11       | 2   |
        | 1       | 2024-01-09       | -1  |
        | 1       | 2023-12-31       | -10 |
        | 1       | 2024-01          |     |
        | 1       |                  |     |
        | 3       | 2024-01-10       |     |
        | 4       | 2024-01-10       |     |
        | 9       | 2024-01-10       |     |
        """,
        {"variable": "AESTDTC", "reference": "DM.RFSTDTC"},
        {"DM": DM},
    ),
    Case(
        "sequence",
        "Records are numbered within the subject by the keys, not by their place",
        """
        | USUBJID | AETERM  | AESTDTC    | @number# | @block | @src | =># |
        | 2       | Nausea  | 2024-02-01 | 5        | ae     | ae:2 | 1   |
        | 1       | Nausea  | 2024-02-01 | 9        | ae     | ae:3 | 3   |
        | 1       | Fever   | 2024-03-01 | 1        | ae     | ae:4 | 1   |
        | 1       | Nausea  | 2024-02-01 | 7        | ae     | ae:5 | 2   |
        """,
        {"keys": ("USUBJID", "AETERM", "AESTDTC")},
    ),
    Case(
        "sequence",
        "An empty key comes first",
        """
        | USUBJID | VISITNUM# | VSDTC      | @src | =># |
        | 1       | 2         | 2024-02-01 | vs:2 | 3   |
        | 1       |           | 2024-02-01 | vs:3 | 1   |
        | 1       | 2         |            | vs:4 | 2   |
        """,
        {"keys": ("USUBJID", "VISITNUM", "VSDTC")},
    ),
    Case(
        "sequence",
        "A trial dataset is numbered as a whole",
        """
        | TSPARMCD | @number# | @src | =># |
        | TITLE    | 0        |      | 3   |
        | AGEMIN   | 1        |      | 2   |
        | AGEMAX   | 2        |      | 1   |
        """,
        {"keys": ("STUDYID", "TSPARMCD")},
    ),
    Case(
        "sequence",
        "Another group may be numbered",
        """
        | TSPARMCD | TSVAL     | @number# | @src | =># |
        | TTYPE    | SAFETY    | 0        |      | 2   |
        | TTYPE    | EFFICACY  | 1        |      | 1   |
        | RANDOM   | Y         | 2        |      | 1   |
        """,
        {"keys": ("TSPARMCD", "TSVAL"), "by": ["TSPARMCD"]},
    ),
    Case(
        "epoch",
        "An element lasts from its start to before its end, and the last has no end",
        """
        | USUBJID | AESTDTC          | =>        |
        | 1       | 2024-01-01       |           |
        | 1       | 2024-01-02       | SCREENING |
        | 1       | 2024-01-10       | SCREENING |
        | 1       | 2024-01-10T08:59 | SCREENING |
        | 1       | 2024-01-10T09:00 | TREATMENT |
        | 1       | 2024-04-30       | TREATMENT |
        | 1       | 2024-05-01       | FOLLOW-UP |
        | 1       | 2029-01-01       | FOLLOW-UP |
        | 1       |                  |           |
        | 2       | 2024-01-10       |           |
        | 9       | 2024-01-10       |           |
        """,
        {"variable": "AESTDTC", "starts": "SE.SESTDTC", "ends": "SE.SEENDTC", "epoch": "SE.EPOCH"},
        {"SE": SE},
    ),
    Case(
        "epoch",
        "A partial date has an epoch where all its days have the same",
        """
        | USUBJID | AESTDTC | =>        |
        | 1       | 2024-02 | TREATMENT |
        | 1       | 2024-06 | FOLLOW-UP |
        | 1       | 2025    | FOLLOW-UP |
        | 1       | 2024-01 |           |
        | 1       | 2024    |           |
        | 1       | 2023    |           |
        """,
        {"variable": "AESTDTC", "starts": "SE.SESTDTC", "ends": "SE.SEENDTC", "epoch": "SE.EPOCH"},
        {"SE": SE},
    ),
    Case(
        "epoch",
        "The day on which the last element ends may belong to it, with any time",
        """
        | USUBJID | RSDTC            | =>        |
        | 1       | 2024-05-01       | FOLLOW-UP |
        | 1       | 2024-06-30T23:59 | FOLLOW-UP |
        | 1       | 2024-06-30       | FOLLOW-UP |
        | 1       | 2024-06          | FOLLOW-UP |
        | 1       | 2024-07-01       |           |
        | 1       | 2024-01-10       | TREATMENT |
        | 2       | 2024-01-02T10:00 | SCREENING |
        """,
        {
            "variable": "RSDTC",
            "starts": "SE.SESTDTC",
            "ends": "SE.SEENDTC",
            "epoch": "SE.EPOCH",
            "last_day": "included",
        },
        {"SE": ENDED},
    ),
    Case(
        "epoch",
        "A month in which a later element starts has no epoch, though its first day has one",
        """
        | USUBJID | AESTDTC | => |
        | 4       | 2024-03 |    |
        """,
        {"variable": "AESTDTC", "starts": "SE.SESTDTC", "ends": "SE.SEENDTC", "epoch": "SE.EPOCH"},
        {
            "SE": """
            | USUBJID | SESTDTC    | SEENDTC    | EPOCH     |
            | 4       | 2024-02-20 | 2024-03-15 | SCREENING |
            | 4       | 2024-03-15 |            | TREATMENT |
            """
        },
    ),
    Case(
        "lookup",
        "The subject's value is found with the line that it stands on",
        """
        | USUBJID | =>         | <=   |
        | 2       | 2024-01-03 | dm:3 |
        | 1       | 2024-01-02 | dm:2 |
        | 3       |            |      |
        | 9       |            |      |
        """,
        {"value": "DM.RFICDTC"},
        {"DM": DM},
    ),
    Case(
        "lookup",
        "Of several values the smallest is taken",
        """
        | USUBJID | =>         | <=   |
        | 1       | 2024-01-10 | ex:4 |
        """,
        {"value": "EX.EXSTDTC"},
        {"EX": EX},
    ),
    Case(
        "lookup",
        "Of several values the largest is taken where the spec says last",
        """
        | USUBJID | =>         | <=   |
        | 1       | 2024-01-24 | ex:3 |
        """,
        {"value": "EX.EXSTDTC", "pick": "last"},
        {"EX": EX},
    ),
    Case(
        "lookup",
        "A condition chooses among the records",
        """
        | USUBJID | =>               | <=   |
        | 1       | 2024-01-10T09:00 | ex:2 |
        | 2       |                  |      |
        """,
        {"value": "EX.EXSTDTC", "where": {"EXTRT": "OXALIPLATIN"}},
        {"EX": EX},
    ),
    Case(
        "lookup",
        "A record is matched by its own variables",
        """
        | USUBJID | TRLNKID | =># | <=   |
        | 1       | T2      | 20  | tl:3 |
        | 1       | T1      | 10  | tl:2 |
        | 1       | T3      |     |      |
        | 2       | T1      |     |      |
        """,
        {"value": "TU.SIZE", "match": {"TRLNKID": "TULNKID"}},
        {
            "TU": """
                | USUBJID | TULNKID | SIZE# | @src |
                | 1       | T1      | 10    | tl:2 |
                | 1       | T2      | 20    | tl:3 |
                | 2       | T1      |       | tl:4 |
            """
        },
    ),
    Case(
        "lookup",
        "A dataset without records has no value",
        """
        | USUBJID | => |
        | 1       |    |
        """,
        {"value": "DD.DDORRES"},
        {"DD": "| USUBJID | DDORRES | @src |"},
    ),
    Case(
        "earliest",
        "The smallest ISO text is taken, and a date without time sorts first",
        """
        | USUBJID | =>         | <=   |
        | 1       | 2024-01-10 | ex:4 |
        | 2       |            |      |
        | 9       |            |      |
        """,
        {"sources": EX_DATES},
        {"EX": EX},
    ),
    Case(
        "earliest",
        "Over several datasets the smallest is taken",
        """
        | USUBJID | =>         | <=   |
        | 1       | 2024-01-02 | dm:2 |
        | 2       | 2024-01-03 | dm:3 |
        | 4       | 2024-01    | dm:5 |
        """,
        {"sources": [*EX_DATES, {"dataset": "DM", "date": "RFICDTC"}]},
        {"EX": EX, "DM": DM},
    ),
    Case(
        "earliest",
        "A trial dataset has the smallest of all subjects",
        """
        | TSPARMCD | =>         |
        | SSTDTC   | 2024-01-10 |
        """,
        {"sources": EX_DATES},
        {"EX": EX},
    ),
    Case(
        "latest",
        "The largest ISO text is taken",
        """
        | USUBJID | =>         | <=   |
        | 1       | 2024-01-24 | ex:3 |
        | 2       |            |      |
        """,
        {
            "sources": [
                {"dataset": "EX", "date": "EXENDTC"},
                {"dataset": "EX", "date": "EXSTDTC", "where": {"EXENDTC": {"is": "absent"}}},
            ]
        },
        {"EX": EX},
    ),
    Case(
        "latest",
        "Nothing is the latest of datasets without records",
        """
        | USUBJID | => |
        | 1       |    |
        """,
        {"sources": EX_DATES},
        {"EX": "| USUBJID | EXSTDTC | @src |"},
    ),
    Case(
        "exists",
        "Y stands for the subjects with such a record",
        """
        | USUBJID | => |
        | 1       | Y  |
        | 2       |    |
        | 9       |    |
        """,
        {"dataset": "EX", "where": {"EXTRT": "OXALIPLATIN"}},
        {"EX": EX},
    ),
    Case(
        "exists",
        "Another value stands where the spec names it",
        """
        | USUBJID | =>    |
        | 2       | DOSED |
        | 9       |       |
        """,
        {"dataset": "EX", "value": "DOSED"},
        {"EX": EX},
    ),
    Case(
        "choose",
        "The first case that fits decides over the whole dataset",
        """
        | USUBJID | ARM | DOSED | =>                    |
        | 1       | HAI | Y     |                       |
        | 2       | HAI |       | ASSIGNED, NOT TREATED |
        | 3       |     |       | NOT ASSIGNED          |
        """,
        {
            "cases": [
                {"when": {"ARM": {"is": "present"}, "DOSED": "Y"}, "value": None},
                {"when": {"ARM": {"is": "present"}}, "value": "ASSIGNED, NOT TREATED"},
                {"value": "NOT ASSIGNED"},
            ]
        },
    ),
    Case(
        "first_present",
        "The first variable with a value stands",
        """
        | USUBJID | A | B | C | => |
        | 1       | a | b | c | a  |
        | 2       |   | b | c | b  |
        | 3       |   |   | c | c  |
        | 4       |   |   |   |    |
        """,
        {"variables": ["A", "B", "C"]},
    ),
    Case(
        "next_value",
        "An element ends where the subject's next one starts",
        """
        | USUBJID | SESTDTC    | =>         |
        | 1       | 2024-01-10 | 2024-05-01 |
        | 1       | 2024-01-02 | 2024-01-10 |
        | 2       | 2024-01-03 |            |
        | 1       | 2024-05-01 |            |
        """,
        {"variable": "SESTDTC"},
    ),
    Case(
        "baseline_flag",
        "The last record with a result before the first dose is the baseline of its test",
        """
        | USUBJID | LBTESTCD | LBDTC            | LBORRES | @number# | => |
        | 1       | ALT      | 2024-01-05       | 20      | 1        |    |
        | 1       | ALT      | 2024-01-09       | 30      | 2        | Y  |
        | 1       | ALT      | 2024-01-10T09:00 | 40      | 3        |    |
        | 1       | ALT      | 2024-01-11       | 50      | 4        |    |
        | 1       | AST      | 2024-01-10       | 60      | 5        | Y  |
        | 1       | AST      | 2024-01-10T08:59 |         | 6        |    |
        | 1       | CEA      | 2024-01          | 70      | 7        |    |
        | 3       | ALT      | 2024-01-05       | 20      | 8        |    |
        | 9       | ALT      | 2024-01-05       | 20      | 9        |    |
        """,
        BASELINE,
        {"DM": DM},
    ),
    Case(
        "baseline_flag",
        "On the day of the first dose a time before it counts and is later than no time",
        """
        | USUBJID | LBTESTCD | LBDTC            | LBORRES | @number# | => |
        | 1       | ALT      | 2024-01-10       | 20      | 2        |    |
        | 1       | ALT      | 2024-01-10T08:59 | 30      | 1        | Y  |
        """,
        BASELINE,
        {"DM": DM},
    ),
    Case(
        "baseline_flag",
        "Of two records at one time the one entered last is the baseline",
        """
        | USUBJID | LBTESTCD | LBDTC      | LBORRES | @number# | => |
        | 1       | ALT      | 2024-01-05 | 20      | 7        | Y  |
        | 1       | ALT      | 2024-01-05 | 30      | 3        |    |
        """,
        BASELINE,
        {"DM": DM},
    ),
    Case(
        "baseline_flag",
        "A condition leaves records out of the choice",
        """
        | USUBJID | LBTESTCD | LBDTC      | LBORRES | VISIT     | @number# | => |
        | 1       | ALT      | 2024-01-05 | 20      | SCREENING | 1        | Y  |
        | 1       | ALT      | 2024-01-06 | 30      | OTHER     | 2        |    |
        """,
        {**BASELINE, "where": {"VISIT": "SCREENING"}},
        {"DM": DM},
    ),
    Case(
        "baseline_flag",
        "A date equal to that of a first dose without time counts as before it",
        """
        | USUBJID | LBTESTCD | LBDTC      | LBORRES | @number# | => |
        | 2       | ALT      | 2024-01-08 | 20      | 1        |    |
        | 2       | ALT      | 2024-01-10 | 30      | 2        | Y  |
        """,
        BASELINE,
        {"DM": DM},
    ),
    Case(
        "count_subjects",
        "Each subject counts once",
        """
        | TSPARMCD | => |
        | ACTSUB   | 2  |
        """,
        {"dataset": "EX"},
        {"EX": EX},
    ),
    Case(
        "count_subjects",
        "Only subjects with such a record count",
        """
        | TSPARMCD | => |
        | ACTSUB   | 1  |
        | OTHER    | 1  |
        """,
        {"dataset": "EX", "where": {"EXTRT": "OXALIPLATIN"}},
        {"EX": EX},
    ),
    Case(
        "decode_whole",
        "A term has the decode of its codelist",
        """
        | USUBJID | SEX | =>     |
        | 1       | F   | Female |
        | 2       |     |        |
        | 3       | X   |        |
        """,
        {"variable": "SEX", "codelist": SEXES},
    ),
    Case(
        "age_at",
        "Age is in completed years, and a birthday completes one",
        """
        | USUBJID | BRTHDTC    | RFICDTC          | =># |
        | 1       | 1960-03-15 | 2024-03-15       | 64  |
        | 2       | 1960-03-15 | 2024-03-14       | 63  |
        | 3       | 1960-03-15 | 2024-12-01T10:00 | 64  |
        | 4       | 1960-02-29 | 2023-02-28       | 62  |
        | 5       | 1960-02-29 | 2023-03-01       | 63  |
        """,
        {"birth": "BRTHDTC", "at": "RFICDTC", "day": 15, "month": 7},
    ),
    Case(
        "age_at",
        "A birth without day is on day 15, one without month on 1 July",
        """
        | USUBJID | BRTHDTC  | RFICDTC    | =># |
        | 1       | 1960-03  | 2024-03-15 | 64  |
        | 2       | 1960-03  | 2024-03-14 | 63  |
        | 3       | 1960     | 2024-07-01 | 64  |
        | 4       | 1960     | 2024-06-30 | 63  |
        | 5       | 1960---20 | 2024-07-01 | 64 |
        """,
        {"birth": "BRTHDTC", "at": "RFICDTC", "day": 15, "month": 7},
    ),
    Case(
        "age_at",
        "Without a birth or a complete date there is no age",
        """
        | USUBJID | BRTHDTC    | RFICDTC    | =># |
        | 1       |            | 2024-03-15 |     |
        | 2       | 1960-03-15 | 2024-03    |     |
        | 3       | 1960-03-15 |            |     |
        """,
        {"birth": "BRTHDTC", "at": "RFICDTC", "day": 15, "month": 7},
    ),
)
