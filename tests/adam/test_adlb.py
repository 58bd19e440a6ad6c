"""ADLB of the shipped specs for six subjects, and baselines in ADSL, worked out by hand."""

import pytest

from cdisc_hai.adam import AdamResult
from tests.adam.shipped import derived
from tests.derive.drawn_dates import frame, same

DM = frame("""
    | STUDYID | USUBJID | RFICDTC    |
    | S       | A       | 2024-01-01 |
    | S       | B       | 2024-01-01 |
    | S       | C       | 2024-01-01 |
    | S       | D       | 2024-01-01 |
    | S       | E       | 2024-01-01 |
    | S       | F       | 2024-01-01 |
""")
# F was randomised on 8 January and never dosed
DS = frame("""
    | USUBJID | DSSEQ# | DSDECOD    | DSSTDTC    |
    | F       | 1      | RANDOMIZED | 2024-01-08 |
""")
EX = frame("""
    | USUBJID | EXSEQ# | EXTRT       | EXDOSE# | EXROUTE     | EXSTDTC    | EXENDTC    |
    | A       | 1      | OXALIPLATIN | 100     | INTRAVENOUS | 2024-01-10 | 2024-01-10 |
    | B       | 1      | OXALIPLATIN | 100     | INTRAVENOUS | 2024-01-10 | 2024-01-10 |
    | C       | 1      | OXALIPLATIN | 100     | INTRAVENOUS | 2024-01-10 | 2024-01-10 |
    | D       | 1      | OXALIPLATIN | 100     | INTRAVENOUS | 2024-01-10 | 2024-01-10 |
    | E       | 1      | OXALIPLATIN | 100     | INTRAVENOUS | 2024-01-10 | 2024-01-10 |
""")
LB = frame("""
    | STUDYID | USUBJID | LBSEQ# | LBTESTCD | LBSTRESC | LBSTRESN# | LBSTNRLO# | LBSTNRHI# | LBNRIND | LBLOBXFL | LBSTAT   | LBDTC      |
    | S       | A       | 1      | NEUT     | 2.0      | 2.0       | 1.8       | 6.3       | NORMAL  | Y        |          | 2024-01-09 |
    | S       | A       | 2      | NEUT     | 0.9      | 0.9       | 1.8       | 6.3       | LOW     |          |          | 2024-01-24 |
    | S       | A       | 3      | NEUT     | 0.8      | 0.8       | 1.8       | 6.3       | LOW     |          |          | 2024-01-30 |
    | S       | A       | 4      | NEUT     | 0.4      | 0.4       | 1.8       | 6.3       | LOW     |          |          | 2024-02-10 |
    | S       | B       | 1      | BILI     | 15       | 15        | 0         | 10        | HIGH    | Y        |          | 2024-01-10 |
    | S       | B       | 2      | BILI     | 15.1     | 15.1      | 0         | 10        | HIGH    |          |          | 2024-01-11 |
    | S       | B       | 3      | BILI     |          |           |           |           |         |          | NOT DONE | 2024-01-20 |
    | S       | C       | 1      | CEA      | 4        | 4         | 0         | 5         | NORMAL  |          |          | 2024-01-02 |
    | S       | C       | 2      | CEA      | <2.0     |           | 0         | 5         |         | Y        |          | 2024-01-08 |
    | S       | C       | 3      | CEA      | 3        | 3         | 0         | 5         | NORMAL  |          |          | 2024-02-08 |
    | S       | D       | 1      | HGB      | 99       | 99        | 110       | 150       | LOW     | Y        |          | 2024-01-08 |
    | S       | D       | 2      | HGB      | 110      | 110       | 110       | 150       | NORMAL  |          |          | 2024-01-18 |
    | S       | E       | 1      | ALT      | 0        | 0         | 0         | 40        | NORMAL  | Y        |          | 2024-01-08 |
    | S       | E       | 2      | ALT      | 101      | 101       |           |           |         |          |          | 2024-01-18 |
    | S       | F       | 1      | CEA      | 8        | 8         | 0         | 5         | HIGH    |          |          | 2024-01-07 |
    | S       | F       | 2      | CEA      | 9        | 9         | 0         | 5         | HIGH    |          |          | 2024-01-09 |
""")


@pytest.fixture(scope="module")
def result() -> AdamResult:
    return derived({"DM": DM, "DS": DS, "EX": EX, "LB": LB})


def test_values_baselines_grades_and_flags_are_as_worked_out(result: AdamResult) -> None:
    # The last dose is of 10 January: records up to 9 February are on treatment, those of the day of
    # the first dose are not. What was not done is no record. A's worst grade is 3, first on the 24th.
    same(
        result.frames["ADLB"],
        """
        | USUBJID | LBSEQ# | PARAMCD | ADY# | AVAL# | AVALC | ABLFL | BASE# | BASEC | CHG# | PCHG#    | ATOXGR | BTOXGR | SHIFT1 | ONTRTFL | WGRADFL |
        | A       | 1      | NEUT    | -1   | 2     | 2.0   | Y     | 2     | 2.0   | 0    | 0        | 0      | 0      | 0 to 0 |         |         |
        | A       | 2      | NEUT    | 15   | 0.9   | 0.9   |       | 2     | 2.0   | -1.1 | -55      | 3      | 0      | 0 to 3 | Y       | Y       |
        | A       | 3      | NEUT    | 21   | 0.8   | 0.8   |       | 2     | 2.0   | -1.2 | -60      | 3      | 0      | 0 to 3 | Y       |         |
        | A       | 4      | NEUT    | 32   | 0.4   | 0.4   |       | 2     | 2.0   | -1.6 | -80      | 4      | 0      | 0 to 4 |         |         |
        | B       | 1      | BILI    | 1    | 15    | 15    | Y     | 15    | 15    | 0    | 0        | 1      | 1      | 1 to 1 |         |         |
        | B       | 2      | BILI    | 2    | 15.1  | 15.1  |       | 15    | 15    | 0.1  | 0.666667 | 2      | 1      | 1 to 2 | Y       | Y       |
        | C       | 1      | CEA     | -8   | 4     | 4     |       |       | <2.0  |      |          |        |        |        |         |         |
        | C       | 2      | CEA     | -2   |       | <2.0  | Y     |       | <2.0  |      |          |        |        |        |         |         |
        | C       | 3      | CEA     | 30   | 3     | 3     |       |       | <2.0  |      |          |        |        |        | Y       |         |
        | D       | 1      | HGB     | -2   | 99    | 99    | Y     | 99    | 99    | 0    | 0        | 2      | 2      | 2 to 2 |         |         |
        | D       | 2      | HGB     | 9    | 110   | 110   |       | 99    | 99    | 11   | 11.1111  | 0      | 2      | 2 to 0 | Y       | Y       |
        | E       | 1      | ALT     | -2   | 0     | 0     | Y     | 0     | 0     | 0    |          | 0      | 0      | 0 to 0 |         |         |
        | E       | 2      | ALT     | 9    | 101   | 101   |       | 0     | 0     | 101  |          |        | 0      |        | Y       |         |
        | F       | 1      | CEA     |      | 8     | 8     |       |       |       |      |          |        |        |        |         |         |
        | F       | 2      | CEA     |      | 9     | 9     |       |       |       |      |          |        |        |        |         |         |
        """,
    )


def test_the_baseline_of_a_subject_is_the_last_result_up_to_the_first_dose_or_randomisation(
    result: AdamResult,
) -> None:
    # C's last result before the dose has no number; F was not dosed and counts from 8 January
    same(
        result.frames["ADSL"],
        "| USUBJID | CEABL# |\n| A | |\n| B | |\n| C | |\n| D | |\n| E | |\n| F | 8 |",
    )
