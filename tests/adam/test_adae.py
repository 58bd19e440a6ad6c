"""ADAE of the shipped specs for six subjects, worked out by hand from the protocol."""

import pandas as pd
import pytest

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
# F was never dosed
EX = frame("""
    | USUBJID | EXSEQ# | EXDOSE# | EXROUTE     | EXSTDTC          | EXENDTC          |
    | A       | 1      | 85      | INTRAVENOUS | 2024-01-10T09:00 | 2024-01-10T11:00 |
    | A       | 2      | 85      | INTRAVENOUS | 2024-01-24T09:00 |                  |
    | B       | 1      | 85      | INTRAVENOUS | 2024-01-10       | 2024-01-10       |
    | C       | 1      | 85      | INTRAVENOUS | 2024-01-10       | 2024-01-10       |
    | D       | 1      | 85      | INTRAVENOUS | 2024-01-10       | 2024-01-10       |
    | E       | 1      | 85      | INTRAVENOUS | 2024-01-10       | 2024-01-10       |
""")
PR = frame("""
    | USUBJID | PRSEQ# | PRCAT   | PRTRT     | PRSTDTC    |
    | D       | 1      | SURGERY | EXPLORING | 2024-06-01 |
""")
AE = frame("""
    | STUDYID | USUBJID | AESEQ# | AESPID | AEBODSYS | AEDECOD | AETOXGR | AESTDTC    | AEENDTC    | RELCHEMO    | RELCATH  | RELSURG     |
    | S       | A       | 1      | 11     | BLOOD    | ANAEMIA | 1       | 2024-01-09 |            | POSSIBLE    |          | NOT RELATED |
    | S       | A       | 2      | 12     | BLOOD    | ANAEMIA | 2       | 2024-02-23 | 2024-02-25 | UNLIKELY    | DEFINITE | NOT RELATED |
    | S       | A       | 3      | 13     | BLOOD    | ANAEMIA | 3       | 2024-02-24 |            | NOT RELATED | PROBABLE | NOT RELATED |
    | S       | B       | 1      | 21     | BLOOD    | ANAEMIA | 2       | 2024-01    |            | PROBABLE    | UNLIKELY | NOT RELATED |
    | S       | B       | 2      | 22     | BLOOD    | FEVER   | 4       | 2024-01    | 2024-01-05 | PROBABLE    | UNLIKELY | NOT RELATED |
    | S       | B       | 3      | 23     | SKIN     | RASH    | 4       | 2024-02    |            | PROBABLE    | UNLIKELY | NOT RELATED |
    | S       | C       | 1      | 31     | SKIN     | RASH    | 2       | 2024       |            | PROBABLE    | UNLIKELY | NOT RELATED |
    | S       | C       | 2      | 32     | SKIN     | RASH    | 2       | 2024-01-12 | 2026-01-05 | PROBABLE    | UNLIKELY | NOT RELATED |
    | S       | C       | 3      | 33     | SKIN     | ITCH    | 2       | 2023       |            | PROBABLE    | UNLIKELY | NOT RELATED |
    | S       | D       | 1      | 41     | SKIN     | WOUND   | 3       | 2024-08-30 |            | UNLIKELY    | UNLIKELY | POSSIBLE    |
    | S       | D       | 2      | 42     | SKIN     | WOUND   | 3       | 2024-08-31 |            | UNLIKELY    | UNLIKELY | POSSIBLE    |
    | S       | D       | 3      | 43     | SKIN     | WOUND   | 3       | 2024-08-30 |            | UNLIKELY    | UNLIKELY | UNLIKELY    |
    | S       | E       | 1      | 51     | SKIN     | RASH    | 1       | 2024-01-10 | 2024-01-10 | UNLIKELY    | UNLIKELY | UNLIKELY    |
    | S       | E       | 2      | 52     | BLOOD    | FEVER   | 2       | 2024-01-11 | 2024-01-12 | UNLIKELY    | UNLIKELY | UNLIKELY    |
    | S       | E       | 3      | 53     | BLOOD    | FEVER   | 2       | 2024-01-11 | 2024-01-12 | UNLIKELY    | UNLIKELY | UNLIKELY    |
    | S       | F       | 1      | 61     | SKIN     | RASH    | 1       | 2024-01-10 |            | UNLIKELY    | UNLIKELY | UNLIKELY    |
""")


@pytest.fixture(scope="module")
def adae() -> pd.DataFrame:
    return derived({"DM": DM, "EX": EX, "PR": PR, "AE": AE}).frames["ADAE"]


def test_dates_windows_and_causes_are_as_the_protocol_has_them(adae: pd.DataFrame) -> None:
    # A's window ends 30 days after the dose without an end (24 January): on 23 February.
    # B's event of January starts with the first dose, the one that ended before it does not.
    # C's year 2024 leaves the window open, 2023 does not; an end after the cut-off is missing.
    # D's surgical complication counts up to 90 days after the surgery of 1 June: to 30 August.
    same(
        adae,
        """
        | AESPID | ASTDT@     | ASTDTF | ASTDY# | AENDT@     | ADURN# | TRTEMFL | AREL | ACATH | ASURG |
        | 11     | 2024-01-09 |        | -1     |            |        | N       | Y    | Y     | N     |
        | 12     | 2024-02-23 |        | 45     | 2024-02-25 | 3      | Y       | N    | Y     | N     |
        | 13     | 2024-02-24 |        | 46     |            |        | N       | N    | Y     | N     |
        | 21     | 2024-01-10 | D      | 1      |            |        | Y       | Y    | N     | N     |
        | 22     | 2024-01-01 | D      | -9     | 2024-01-05 | 5      | N       | Y    | N     | N     |
        | 23     | 2024-02-01 | D      | 23     |            |        | Y       | Y    | N     | N     |
        | 31     |            |        |        |            |        | Y       | Y    | N     | N     |
        | 32     | 2024-01-12 |        | 3      |            |        | Y       | Y    | N     | N     |
        | 33     |            |        |        |            |        | N       | Y    | N     | N     |
        | 41     | 2024-08-30 |        | 234    |            |        | Y       | N    | N     | Y     |
        | 42     | 2024-08-31 |        | 235    |            |        | N       | N    | N     | Y     |
        | 43     | 2024-08-30 |        | 234    |            |        | N       | N    | N     | N     |
        | 51     | 2024-01-10 |        | 1      | 2024-01-10 | 1      | Y       | N    | N     | N     |
        | 52     | 2024-01-11 |        | 2      | 2024-01-12 | 2      | Y       | N    | N     | N     |
        | 53     | 2024-01-11 |        | 2      | 2024-01-12 | 2      | Y       | N    | N     | N     |
        | 61     | 2024-01-10 |        |        |            |        | N       | N    | N     | N     |
        """,
    )


def test_occurrence_flags_stand_once_a_subject_class_and_term_among_emergent_events(
    adae: pd.DataFrame,
) -> None:
    # C's event without a start comes last; E's worst grade is 2, first reached by number 52.
    same(
        adae[adae["TRTEMFL"].eq("Y")],
        """
        | AESPID | ATOXGRN# | AOCCFL | AOCCSFL | AOCCPFL | AOCCIFL | AOCCSIFL | AOCCPIFL |
        | 12     | 2        | Y      | Y       | Y       | Y       | Y        | Y        |
        | 21     | 2        | Y      | Y       | Y       |         | Y        | Y        |
        | 23     | 4        |        | Y       | Y       | Y       | Y        | Y        |
        | 31     | 2        |        |         |         |         |          |          |
        | 32     | 2        | Y      | Y       | Y       | Y       | Y        | Y        |
        | 41     | 3        | Y      | Y       | Y       | Y       | Y        | Y        |
        | 51     | 1        | Y      | Y       | Y       |         | Y        | Y        |
        | 52     | 2        |        | Y       | Y       | Y       | Y        | Y        |
        | 53     | 2        |        |         |         |         |          |          |
        """,
    )
    flags = [name for name in adae.columns if name.startswith("AOCC")]
    assert adae.loc[adae["TRTEMFL"].ne("Y"), flags].eq("").all(axis=None)
