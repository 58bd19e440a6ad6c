"""Cases of the operations that take texts, numbers and moments apart."""

from __future__ import annotations

from pathlib import Path

from tests.mapping.case import Case, Told

FOLDER = str(Path(__file__).parent / "study_folder")
FORMATS = (
    "YYYY年MM月DD日",
    "YYYY年MM月",
    "DD/MM/YYYY",
    "DD MONTH YYYY",
    "MM-DD-YYYY HH:MM AM",
    "YYYY",
)
UNKNOWN = ("UN", "UNK", "NK", "??")
DATES = {"column": "date", "formats": FORMATS, "unknown": UNKNOWN}
TIMES = {**DATES, "time": "at", "time_formats": ("HH:MM", "HH:MM:SS", "HH:MM AM")}

CASES = (
    Case(
        "substring",
        "Characters from a place on, so many of them",
        """
        | id      | =>  |
        | 12-0001 | 12  |
        | 7       | 7   |
        |         |     |
        """,
        {"column": "id", "start": 1, "length": 2},
    ),
    Case(
        "substring",
        "A negative place counts from the end",
        """
        | id      | =>   |
        | 12-0001 | 0001 |
        | 01      | 01   |
        """,
        {"column": "id", "start": -4},
    ),
    Case(
        "split",
        "A part of a text, from 1; none is empty",
        """
        | id      | =>   |
        | 12-0001 | 0001 |
        | 12      |      |
        |         |      |
        """,
        {"column": "id", "separator": "-", "part": 2},
    ),
    Case(
        "split",
        "A negative part counts from the end, and a missing one may be told",
        """
        | dose    | => |
        | 5 mg    | mg |
        |         |    |
        """,
        {"column": "dose", "separator": " ", "part": -1, "told": True},
    ),
    Case(
        "split",
        "A part that is to be there and is not is an error",
        """
        | dose | => |
        | 5 mg | mg |
        | 5    |    |
        |      |    |
        """,
        {"column": "dose", "separator": " ", "part": 2, "told": True},
        problems=(
            Told(
                "MAP-NO-PART",
                "error",
                (1,),
                ("'5' has no part 2 by ' '; left empty",),
                "correct the value in the EDC system",
            ),
        ),
    ),
    Case(
        "replace",
        "A text within a text is replaced wherever it stands",
        """
        | x     | =>    |
        | a.b.c | a/b/c |
        |       |       |
        """,
        {"column": "x", "find": ".", "by": "/"},
    ),
    Case(
        "upper",
        "Capital letters, and blanks in a row as one",
        """
        | x            | =>         |
        | "mild  rash" | MILD RASH  |
        | né           | NÉ         |
        |              |            |
        """,
        {"column": "x"},
    ),
    Case(
        "number",
        "A decimal comma, where the export writes one",
        """
        | x     | =>#   |
        | 1,54  | 1.54  |
        | 2     | 2     |
        | -0,5  | -0.5  |
        | 1.54  | 1.54  |
        |       |       |
        """,
        {"column": "x", "decimal": ","},
    ),
    Case(
        "number",
        "A number with a thousands mark is none, and is told",
        """
        | x       | =># |
        | 1.234,5 |     |
        | 1,234,5 |     |
        """,
        {"column": "x", "decimal": ","},
        problems=(
            Told(
                "MAP-NOT-A-NUMBER",
                "error",
                (0, 1),
                (
                    "'1.234,5' is not a number; left missing",
                    "'1,234,5' is not a number; left missing",
                ),
                "correct the value in the EDC system",
            ),
        ),
    ),
    Case(
        "convert",
        "A decimal comma is converted exactly",
        """
        | x   | u     | =>#   |
        | 0,3 | mg/dL | 5.13  |
        """,
        {"column": "x", "unit": "u", "factors": {"mg/dL": 17.1}, "decimal": ","},
    ),
    Case(
        "number_text",
        "Decimals are filled up with zeros and never cut",
        """
        | =VSSTRESN# | =>    |
        | 37         | 37.0  |
        | 36.6       | 36.6  |
        | 36.625     | 36.625 |
        |            |       |
        """,
        {"variable": "=VSSTRESN", "decimals": 1},
    ),
    Case(
        "iso8601",
        "Chinese dates, whole and without a day",
        """
        | date         | =>         |
        | 2013年12月26日 | 2013-12-26 |
        | 2012年7月2日   | 2012-07-02 |
        | 2012年7月      | 2012-07    |
        | 2012年??月??日 | 2012       |
        """,
        DATES,
    ),
    Case(
        "iso8601",
        "Unknown parts are left away, whatever stands for them",
        """
        | date       | =>      |
        | UN/03/2024 | 2024-03 |
        | NK/NK/2024 | 2024    |
        | UN/UNK/2024 | 2024    |
        | ??/12/1999 | 1999-12 |
        | 2024       | 2024    |
        | UN/UN/UNK  |         |
        """,
        DATES,
    ),
    Case(
        "iso8601",
        "Months in full, and hours of twelve with AM and PM",
        """
        | date                | =>               |
        | 5 November 2023     | 2023-11-05       |
        | 1 may 2024          | 2024-05-01       |
        | 01-02-2024 01:05 PM | 2024-01-02T13:05 |
        | 01-02-2024 12:05 am | 2024-01-02T00:05 |
        """,
        DATES,
    ),
    Case(
        "iso8601",
        "A month cut short is no month",
        """
        | date         | => |
        | 5 Novem 2023 |    |
        """,
        DATES,
        problems=(
            Told(
                "MAP-UNREADABLE-DATE",
                "error",
                (0,),
                (f"'5 Novem 2023' is none of the formats {', '.join(FORMATS)}; left empty",),
                "correct the date in the EDC system, or add its format to 'date_formats' in raw.yaml",
            ),
        ),
    ),
    Case(
        "iso8601",
        "A time in a column of its own stands behind complete dates",
        """
        | date       | at       | =>                  |
        | 01/03/2024 | 9:05     | 2024-03-01T09:05    |
        | 01/03/2024 | 09:05:30 | 2024-03-01T09:05:30 |
        | 01/03/2024 | 01:05 PM | 2024-03-01T13:05    |
        | 01/03/2024 | UN:UN    | 2024-03-01          |
        | 01/03/2024 | UNK      | 2024-03-01          |
        | 01/03/2024 |          | 2024-03-01          |
        | UN/03/2024 | 09:05    | 2024-03             |
        |            | 09:05    |                     |
        """,
        TIMES,
    ),
    Case(
        "iso8601",
        "A text that is no time is told, and the date stays",
        """
        | date       | at    | =>         |
        | 01/03/2024 | 25:00 | 2024-03-01 |
        | 01/03/2024 | noon  | 2024-03-01 |
        """,
        TIMES,
        problems=(
            Told(
                "MAP-UNREADABLE-TIME",
                "error",
                (0, 1),
                (
                    "'25:00' is no time as HH:MM, HH:MM:SS, HH:MM AM; left away",
                    "'noon' is no time as HH:MM, HH:MM:SS, HH:MM AM; left away",
                ),
                "correct the time in the EDC system, or add its format to 'time_formats' in raw.yaml",
            ),
        ),
    ),
    Case(
        "lookup",
        "Of several records the first or last by a stated order",
        """
        | USUBJID | =>  | <=    |
        | 1       | 5   | eg:3  |
        | 2       |     |       |
        """,
        {"value": "EG.EGORRES", "pick": "last", "order": ["EGDTC", "EGSEQ"]},
        {
            "EG": """
            | USUBJID | EGDTC      | EGSEQ# | EGORRES | @src |
            | 1       | 2024-03-01 | 1      | 9       | eg:2 |
            | 1       | 2024-03-02 | 2      | 5       | eg:3 |
            | 1       | 2024-03-02 | 1      | 7       | eg:4 |
            | 1       | 2024-03-09 | 9      |         | eg:5 |
            """
        },
    ),
    Case(
        "python",
        "A function of the study's folder sees columns as texts",
        """
        | kg | cm  | =>#  |
        | 80 | 200 | 20.0 |
        |    | 200 |      |
        """,
        {
            "function": "own.bodies.index",
            "columns": ["kg", "cm"],
            "says": "weight over height squared",
            "folder": FOLDER,
        },
    ),
)
