"""Cases of the operations on the rows of one record block."""

from __future__ import annotations

from cdisc_hai.metadata import Codelist, Recode, Term, Visit
from tests.mapping.case import Case, Told

SEX = Recode("SEX", "SEX", {"1": "M", "2": "F", "u": "U"}, "specs/codelists.yaml:7")
SEXES = Codelist(
    "SEX", "C66731", "Sex", False, (Term("M", decode="Male"), Term("F", decode="Female")), "x:1"
)
FORMATS = ("DD MON YYYY HH:MM", "DD MON YYYY")
DATES = {"column": "date", "formats": FORMATS, "unknown": ("UN", "UNK")}
SCHEDULE = (Visit("SCREENING", 1), Visit("CYCLE 1 DAY 1", 3), Visit("UNSCHEDULED 1", 901, False))
TO_UMOL = {"umol/L": 1, "mg/dL": 17.1}
BY_TEST = {"BILI": {"mg/dL": 17.1}, "CREAT": {"mg/dL": 88.4}}

CASES = (
    Case(
        "assign",
        "A text is copied as collected",
        """
        | aeterm   | =>       |
        | Diarrhea | Diarrhea |
        |          |          |
        | 男       | 男       |
        """,
        {"column": "aeterm"},
    ),
    Case(
        "copy",
        "A variable of the record is copied",
        """
        | =VSORRES# | =>#  |
        | 36.6      | 36.6 |
        |           |      |
        """,
        {"variable": "=VSORRES"},
    ),
    Case(
        "hardcode",
        "A text stands on every row",
        """
        | x | =>     |
        | 1 | TARGET |
        |   | TARGET |
        """,
        {"value": "TARGET"},
    ),
    Case(
        "hardcode",
        "A number stands on every row",
        """
        | x | =># |
        | 1 | 5   |
        """,
        {"value": 5},
    ),
    Case(
        "concat",
        "Columns are joined with the separator, leading zeros kept",
        """
        | site | subject | =>      |
        | 12   | 0001    | 12-0001 |
        | 07   | 0010    | 07-0010 |
        |      |         |         |
        """,
        {"columns": ["site", "subject"], "separator": "-"},
    ),
    Case(
        "concat",
        "A number is joined without a decimal point, a missing one as nothing",
        """
        | word  | cycle# | =>     |
        | CYCLE | 3      | CYCLE3 |
        | CYCLE |        | CYCLE  |
        """,
        {"columns": ["word", "cycle"]},
    ),
    Case(
        "concat",
        "A single column is itself",
        """
        | excyc | => |
        | 7     | 7  |
        """,
        {"columns": ["excyc"]},
    ),
    Case(
        "assign_ct",
        "A code becomes its term, case and blanks at the ends forgiven",
        """
        | sex    | => |
        | 1      | M  |
        | " 2  " | F  |
        | U      | U  |
        |        |    |
        """,
        {"column": "sex", "recode": SEX},
    ),
    Case(
        "assign_ct",
        "A code that the recode does not have is left empty and told with its row",
        """
        | sex | => |
        | 1   | M  |
        | 9   |    |
        | M   |    |
        | 9   |    |
        """,
        {"column": "sex", "recode": SEX},
        problems=(
            Told(
                "MAP-UNMAPPED-CODE",
                "error",
                (1, 2, 3),
                (
                    "'9' is not in recode 'SEX'; left empty",
                    "'M' is not in recode 'SEX'; left empty",
                    "'9' is not in recode 'SEX'; left empty",
                ),
                "correct the code in the EDC system, or add it to recode 'SEX' "
                "(specs/codelists.yaml:7)",
            ),
        ),
    ),
    Case(
        "decode",
        "A term has the decode of its codelist, and what is no term has none",
        """
        | =SEX | =>     |
        | F    | Female |
        | M    | Male   |
        | X    |        |
        |      |        |
        """,
        {"variable": "=SEX", "codelist": SEXES},
    ),
    Case(
        "iso8601",
        "A date keeps what is known of it",
        """
        | date              | =>               |
        | 01 MAR 2024 09:05 | 2024-03-01T09:05 |
        | 01 MAR 2024 UN:UN | 2024-03-01       |
        | 01 MAR 2024       | 2024-03-01       |
        | UN MAR 2024       | 2024-03          |
        | UN UNK 2024       | 2024             |
        |                   |                  |
        """,
        DATES,
    ),
    Case(
        "iso8601",
        "An impossible and an unreadable date are left empty, each with its own finding",
        """
        | date        | =>         |
        | 31 APR 2024 |            |
        | 30 APR 2024 | 2024-04-30 |
        | in spring   |            |
        | 29 FEB 2023 |            |
        """,
        DATES,
        problems=(
            Told(
                "MAP-IMPOSSIBLE-DATE",
                "error",
                (0, 3),
                (
                    "'31 APR 2024' is no possible date; left empty",
                    "'29 FEB 2023' is no possible date; left empty",
                ),
                "correct the date in the EDC system",
            ),
            Told(
                "MAP-UNREADABLE-DATE",
                "error",
                (2,),
                ("'in spring' is none of the formats DD MON YYYY HH:MM, DD MON YYYY; left empty",),
                "correct the date in the EDC system, or add its format to 'date_formats' "
                "in raw.yaml",
            ),
        ),
    ),
    Case(
        "cases",
        "The first case that fits gives the value, and no case the empty text",
        """
        | state | diam | =>         |
        | 2     | 4    | TOO SMALL  |
        | 3     | 7    |            |
        | 1     | 12.5 | 12.5       |
        |       | 9    | UNASSESSED |
        """,
        {
            "cases": [
                {"when": {"state": "2"}, "value": "TOO SMALL"},
                {"when": {"state": "3"}, "value": None},
                {"when": {"state": {"is": "present"}}, "column": "diam"},
                {"value": "UNASSESSED"},
            ]
        },
    ),
    Case(
        "cases",
        "A case may look at a variable that was mapped before",
        """
        | =EXROUTE       | =>             |
        | INTRA-ARTERIAL | HEPATIC ARTERY |
        | INTRAVENOUS    |                |
        """,
        {"cases": [{"when": {"=EXROUTE": "INTRA-ARTERIAL"}, "value": "HEPATIC ARTERY"}]},
    ),
    Case(
        "number",
        "A text that is a number becomes one",
        """
        | dose  | =># |
        | 85    | 85  |
        | 2.50  | 2.5 |
        | -1    | -1  |
        | 1e2   | 100 |
        |       |     |
        """,
        {"column": "dose"},
    ),
    Case(
        "number",
        "A text that is no finite number is left missing and told",
        """
        | dose  | =># |
        | 1,5   |     |
        | <2.0  |     |
        | nan   |     |
        | inf   |     |
        | 1e999 |     |
        | 1_000 |     |
        | 5     | 5   |
        """,
        {"column": "dose"},
        problems=(
            Told(
                "MAP-NOT-A-NUMBER",
                "error",
                (0, 1, 2, 3, 4, 5),
                (
                    "'1,5' is not a number; left missing",
                    "'<2.0' is not a number; left missing",
                    "'nan' is not a number; left missing",
                    "'inf' is not a number; left missing",
                    "'1e999' is not a number; left missing",
                    "'1_000' is not a number; left missing",
                ),
                "correct the value in the EDC system",
            ),
        ),
    ),
    Case(
        "number",
        "A number stays the number that it is",
        """
        | dose# | =># |
        | 85    | 85  |
        |       |     |
        """,
        {"column": "dose"},
    ),
    Case(
        "convert",
        "A number is multiplied by the factor of its unit in exact decimals",
        """
        | value | unit   | =>#    |
        | 0.7   | mg/dL  | 11.97  |
        | 1.1   | MG/DL  | 18.81  |
        | 11.97 | umol/L | 11.97  |
        | -0.1  | mg/dL  | -1.71  |
        """,
        {"column": "value", "unit": "unit", "factors": TO_UMOL},
    ),
    Case(
        "convert",
        "A text that is no number is missing without a word, whatever its unit",
        """
        | value  | unit  | =># |
        | <2.0   | mg/dL |     |
        |        |       |     |
        |        | g     |     |
        | NaN    | mg/dL |     |
        | inf    | mg/dL |     |
        """,
        {"column": "value", "unit": "unit", "factors": TO_UMOL},
    ),
    Case(
        "convert",
        "A number whose unit has no factor is left missing and told",
        """
        | value | unit  | =>#   |
        | 3     | g/L   |       |
        | 1     | mg/dL | 17.1  |
        | 4     |       |       |
        """,
        {"column": "value", "unit": "unit", "factors": TO_UMOL},
        problems=(
            Told(
                "MAP-UNKNOWN-UNIT",
                "error",
                (0, 2),
                (
                    "no factor for unit 'g/L'; left missing",
                    "no factor for unit ''; left missing",
                ),
                "correct the unit in the EDC system, or add its factor to the spec",
            ),
        ),
    ),
    Case(
        "convert",
        "The factor is that of the test where factors are told by test",
        """
        | value | unit  | =LBTESTCD | =>#   |
        | 2     | mg/dL | BILI      | 34.2  |
        | 2     | mg/dL | CREAT     | 176.8 |
        """,
        {"column": "value", "unit": "unit", "by": "=LBTESTCD", "factors": BY_TEST},
    ),
    Case(
        "convert",
        "With decimals the product is rounded, half up and in decimals",
        """
        | value | unit  | =># |
        | 0.15  | cm    | 1.5 |
        | 0.145 | cm    | 1.5 |
        | 0.144 | cm    | 1.4 |
        | 2.675 | mm    | 2.7 |
        """,
        {"column": "value", "unit": "unit", "factors": {"mm": 1, "cm": 10}, "decimals": 1},
    ),
    Case(
        "convert",
        "A number too large for any unit is missing and does not stop the run",
        """
        | value    | unit  | =># |
        | 9e999999 | mg/dL |     |
        | 1e400    | mg/dL |     |
        """,
        {"column": "value", "unit": "unit", "factors": TO_UMOL},
    ),
    Case(
        "convert",
        "What the operation number does not take for a number, convert does not take either",
        """
        | value | unit  | =># |
        | 1_000 | mg/dL |     |
        """,
        {"column": "value", "unit": "unit", "factors": TO_UMOL},
    ),
    Case(
        "number_text",
        "A number is written without needless digits",
        """
        | =VSSTRESN# | =>   |
        | 120        | 120  |
        | 36.6       | 36.6 |
        |            |      |
        """,
        {"variable": "=VSSTRESN"},
    ),
    Case(
        "number_text",
        "Where the number is missing the other column stands",
        """
        | =LBSTRESN# | lborres | =>   |
        | 11.97      | 0.7     | 11.97 |
        |            | <2.0    | <2.0 |
        |            |         |      |
        """,
        {"variable": "=LBSTRESN", "otherwise": "lborres"},
    ),
    Case(
        "number_text",
        "A decimal comma of the other column becomes a point, as in a number",
        """
        | =LBSTRESN# | lborres | =>   |
        | 11.5       | 11,5    | 11.5 |
        |            | <0,5    | <0.5 |
        |            | a, b    | a, b |
        """,
        {"variable": "=LBSTRESN", "otherwise": "lborres", "decimal": ","},
    ),
    Case(
        "visit",
        "A visit has the name of the schedule, and an unknown one is left empty and told",
        """
        | folder        | =>            |
        | Screening     | SCREENING     |
        | CYCLE 1 DAY 1 | CYCLE 1 DAY 1 |
        | CYCLE 99      |               |
        |               |               |
        """,
        {"column": "folder", "what": "name", "schedule": SCHEDULE},
        problems=(
            Told(
                "MAP-UNKNOWN-VISIT",
                "error",
                (2,),
                ("'CYCLE 99' is no visit of the schedule",),
                "correct the folder, or add the visit to 'visits' in study.yaml",
            ),
        ),
    ),
    Case(
        "visit",
        "An event is recoded, and the number of a repeated one stands behind a name that is no visit",
        """
        | event   | times | =>            |
        | scr_arm |       | SCREENING     |
        | SCR_ARM | 3     | SCREENING     |
        | uns_arm | 1     | UNSCHEDULED 1 |
        | CYCLE 1 DAY 1 |  | CYCLE 1 DAY 1 |
        |         | 1     |               |
        | logs    | 2     |               |
        """,
        {
            "column": "event",
            "what": "name",
            "schedule": SCHEDULE,
            "recode": Recode(
                "EVENT",
                "",
                {"scr_arm": "SCREENING", "uns_arm": "UNSCHEDULED"},
                "specs/codelists.yaml:3",
            ),
            "repeat": "times",
        },
        problems=(
            Told(
                "MAP-UNKNOWN-VISIT",
                "error",
                (5,),
                ("'logs 2' is no visit of the schedule",),
                "correct the folder, or add the visit to 'visits' in study.yaml",
            ),
        ),
    ),
    Case(
        "visit",
        "A collected number that is another visit's is told, and the name used",
        """
        | folder        | folder_no | =>            |
        | SCREENING     | 1.0       | SCREENING     |
        | Unscheduled 1 | 7         | UNSCHEDULED 1 |
        | UNSCHEDULED 1 |           | UNSCHEDULED 1 |
        | CYCLE 99      | 99        |               |
        """,
        {"column": "folder", "what": "name", "number": "folder_no", "schedule": SCHEDULE},
        problems=(
            Told(
                "MAP-UNKNOWN-VISIT",
                "error",
                (3,),
                ("'CYCLE 99' is no visit of the schedule",),
                "correct the folder, or add the visit to 'visits' in study.yaml",
            ),
            Told(
                "MAP-VISIT-NUMBER",
                "warning",
                (1,),
                ("visit number 7 is not that of visit 'UNSCHEDULED 1'; the name is used",),
                "correct the folder or its number in the EDC system",
            ),
        ),
    ),
    Case(
        "visit",
        "A visit has its number, and an unknown one none, told by its name alone",
        """
        | folder        | =># |
        | SCREENING     | 1   |
        | UNSCHEDULED 1 | 901 |
        | CYCLE 99      |     |
        """,
        {"column": "folder", "what": "number", "schedule": SCHEDULE},
    ),
    Case(
        "visit",
        "A visit that the protocol plans is marked",
        """
        | folder        | => |
        | SCREENING     | Y  |
        | UNSCHEDULED 1 |    |
        | CYCLE 99      |    |
        """,
        {"column": "folder", "what": "planned", "schedule": SCHEDULE},
    ),
    Case(
        "run_cutoff",
        "The cut-off of the run stands on every row",
        """
        | x | =>         |
        | 1 | 2025-12-31 |
        | 2 | 2025-12-31 |
        """,
        {"day": "2025-12-31"},
    ),
    Case(
        "flag_present",
        "Y stands where the column has a value",
        """
        | aesdth | => |
        | 1      | Y  |
        |        |    |
        """,
        {"column": "aesdth"},
    ),
    Case(
        "flag_present",
        "Another flag stands where the spec names it",
        """
        | dose# | =>   |
        | 0     | DONE |
        |       |      |
        """,
        {"column": "dose", "value": "DONE"},
    ),
    Case(
        "agree",
        "The variables with a value agree or the other value stands",
        """
        | =A           | =B               | =C           | =>               |
        | DOSE REDUCED | DOSE REDUCED     | DOSE REDUCED | DOSE REDUCED     |
        | DOSE REDUCED |                  | DOSE REDUCED | DOSE REDUCED     |
        | DOSE REDUCED | DOSE NOT CHANGED |              | MULTIPLE         |
        |              | DOSE NOT CHANGED | DOSE REDUCED | MULTIPLE         |
        |              | DOSE NOT CHANGED |              | DOSE NOT CHANGED |
        |              |                  |              |                  |
        """,
        {"variables": ["=A", "=B", "=C"], "otherwise": "MULTIPLE"},
    ),
    Case(
        "range_indicator",
        "A number on a limit is within the range, and a range may have one limit",
        """
        | =V#  | =LO# | =HI# | =>     |
        | 3.9  | 4    | 10   | LOW    |
        | 4    | 4    | 10   | NORMAL |
        | 10   | 4    | 10   | NORMAL |
        | 10.1 | 4    | 10   | HIGH   |
        | 3    |      | 5    | NORMAL |
        | 6    |      | 5    | HIGH   |
        | 6    | 5    |      | NORMAL |
        | 4    | 5    |      | LOW    |
        | 4    |      |      |        |
        |      | 4    | 10   |        |
        """,
        {"value": "=V", "low": "=LO", "high": "=HI", "terms": ["LOW", "NORMAL", "HIGH"]},
    ),
    Case(
        "text_part",
        "A text is broken between words, so that no part is longer than the bytes that are given",
        """
        | excom                     | =>        |
        | delay of one week         | one week  |
        | short                     |           |
        | nine char                 |           |
        | 家属要求推迟一周          | 求推迟    |
        """,
        {"column": "excom", "part": 2, "bytes": 9},
    ),
    Case(
        "text_part",
        "What does not fit into the last part is told",
        """
        | excom     | =>  |
        | aa bb cc  | bb  |
        | aa bb     | bb  |
        """,
        {"column": "excom", "part": 2, "bytes": 2, "last": True},
        problems=(
            Told(
                "MAP-TEXT-CUT",
                "error",
                (0,),
                ("the text is longer than 2 parts of 2 bytes; the rest is left away",),
                "shorten the text in the EDC system, or add a variable for one more part",
            ),
        ),
    ),
)
