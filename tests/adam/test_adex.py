"""ADEX of the shipped specs for six subjects, and the exposure in ADSL, worked out by hand."""

import pandas as pd
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
EX = frame("""
    | USUBJID | EXSEQ# | EXGRPID | EXTRT         | EXDOSE# | EXDOSU | EXROUTE        | EXLNKID | EXSTDTC          | EXENDTC    |
    | A       | 1      | 1       | OXALIPLATIN   | 170     | mg     | INTRAVENOUS    | 1       | 2024-01-10T09:00 | 2024-01-10 |
    | A       | 2      | 2       | OXALIPLATIN   | 170     | mg     | INTRAVENOUS    | 2       | 2024-01-24       |            |
    | A       | 3      | 2       | LEUCOVORIN    | 400     | mg     | INTRAVENOUS    | 3       | 2024-01-24       | 2024-01-24 |
    | B       | 1      | 1       | FLUOROURACIL  | 600     | mg     | INTRA-ARTERIAL | 4       | 2024-02-01       | 2024-02-01 |
    | B       | 2      | 1       | FLUOROURACIL  | 3600    | mg     | INTRA-ARTERIAL | 5       | 2024-02-01       | 2024-02-03 |
    | C       | 1      | 1       | BEVACIZUMAB   | 300     | mg     | INTRAVENOUS    | 6       | 2024-01-10       | 2024-01-10 |
    | C       | 2      | 3       | BEVACIZUMAB   | 300     | mg     | INTRAVENOUS    | 7       | 2024-01-31       | 2024-01-31 |
    | D       | 1      | 1       | IRINOTECAN    | 165     | mg     | INTRAVENOUS    | 8       | 2024-01-10       | 2026-01-02 |
    | E       | 1      | 1       | IRINOTECAN    | 300     | mg     | INTRAVENOUS    | 9       | 2024-01-10       | 2024-01-10 |
    | E       | 2      | 1       | DEXAMETHASONE | 5       | mg     | INTRA-ARTERIAL | 10      | 2024-01-10       | 2024-01-10 |
    | F       | 1      | 1       | OXALIPLATIN   | 0       | mg     | INTRAVENOUS    | 11      | 2024-01-10       | 2024-01-10 |
""")
EC = frame("""
    | USUBJID | ECSEQ# | ECLNKID | ECBSA |
    | A       | 1      | 1       | 2.00  |
    | A       | 2      | 2       | 2     |
    | A       | 3      | 3       |       |
    | B       | 1      | 4       | 1.5   |
    | B       | 2      | 5       | 1.5   |
    | C       | 1      | 6       | 1.5   |
    | D       | 1      | 8       | 2     |
    | E       | 1      | 9       | 2     |
    | E       | 2      | 10      | 2     |
""")
VS = frame("""
    | USUBJID | VSSEQ# | VSTESTCD | VSSTRESC | VSSTRESN# | VSDTC      |
    | C       | 1      | WEIGHT   | 60       | 60        | 2024-01-09 |
    | C       | 2      | WEIGHT   | 50       | 50        | 2024-01-31 |
    | C       | 3      | WEIGHT   | 99       | 99        | 2024-02-01 |
""")


@pytest.fixture(scope="module")
def result() -> AdamResult:
    return derived({"DM": DM, "EX": EX, "EC": EC, "VS": VS})


def of(result: AdamResult, code: str) -> pd.DataFrame:
    adex = result.frames["ADEX"]
    return adex[adex["PARAMCD"].eq(code)]


def test_each_infusion_with_a_dose_is_a_record_that_names_its_source(result: AdamResult) -> None:
    same(
        of(result, "DOSE"),
        """
        | USUBJID | EXTRT         | AVAL# | AVALU | ASTDT@     | AENDT@     | SRCDOM | SRCVAR | SRCSEQ# |
        | A       | LEUCOVORIN    | 400   | mg    | 2024-01-24 | 2024-01-24 | EX     | EXDOSE | 3       |
        | A       | OXALIPLATIN   | 170   | mg    | 2024-01-10 | 2024-01-10 | EX     | EXDOSE | 1       |
        | A       | OXALIPLATIN   | 170   | mg    | 2024-01-24 |            | EX     | EXDOSE | 2       |
        | B       | FLUOROURACIL  | 600   | mg    | 2024-02-01 | 2024-02-01 | EX     | EXDOSE | 1       |
        | B       | FLUOROURACIL  | 3600  | mg    | 2024-02-01 | 2024-02-03 | EX     | EXDOSE | 2       |
        | C       | BEVACIZUMAB   | 300   | mg    | 2024-01-10 | 2024-01-10 | EX     | EXDOSE | 1       |
        | C       | BEVACIZUMAB   | 300   | mg    | 2024-01-31 | 2024-01-31 | EX     | EXDOSE | 2       |
        | D       | IRINOTECAN    | 165   | mg    | 2024-01-10 |            | EX     | EXDOSE | 1       |
        | E       | DEXAMETHASONE | 5     | mg    | 2024-01-10 | 2024-01-10 | EX     | EXDOSE | 2       |
        | E       | IRINOTECAN    | 300   | mg    | 2024-01-10 | 2024-01-10 | EX     | EXDOSE | 1       |
        """,
    )


def test_dose_intensity_is_the_scaled_dose_by_week_up_to_the_end_of_the_last_cycle(
    result: AdamResult,
) -> None:
    # A: (170/2 + 170/2) / ((14 + 14) / 7) = 42.5; without body surface area none for leucovorin
    # B: (600/1.5 + 3600/1.5) / (14 / 7) = 1400
    # C: (300/60 + 300/50) / ((21 + 14) / 7) = 2.2, by the weight of 31 January and not a later one
    # D: (165/2) / 2 = 41.25;  E: (300/2) / 2 = 75
    same(
        of(result, "DI"),
        """
        | USUBJID | EXTRT        | AVAL# | AVALU      |
        | A       | LEUCOVORIN   |       | mg/m2/week |
        | A       | OXALIPLATIN  | 42.5  | mg/m2/week |
        | B       | FLUOROURACIL | 1400  | mg/m2/week |
        | C       | BEVACIZUMAB  | 2.2   | mg/kg/week |
        | D       | IRINOTECAN   | 41.25 | mg/m2/week |
        | E       | IRINOTECAN   | 75    | mg/m2/week |
        """,
    )
    # planned by week: 85/2, 2800/2 by the artery, 5/2, 165/2 by vein, 150/2 in the arm of the artery
    same(
        of(result, "RDI"),
        """
        | USUBJID | EXTRT        | AVAL# | AVALU |
        | A       | LEUCOVORIN   |       | %     |
        | A       | OXALIPLATIN  | 100   | %     |
        | B       | FLUOROURACIL | 100   | %     |
        | C       | BEVACIZUMAB  | 88    | %     |
        | D       | IRINOTECAN   | 50    | %     |
        | E       | IRINOTECAN   | 100   | %     |
        """,
    )


def test_cumulative_doses_cycles_and_days_are_told_by_drug_and_over_all_of_them(
    result: AdamResult,
) -> None:
    same(
        of(result, "CUMDOSE"),
        """
        | USUBJID | EXTRT         | AVAL# |
        | A       | LEUCOVORIN    | 400   |
        | A       | OXALIPLATIN   | 340   |
        | B       | FLUOROURACIL  | 4200  |
        | C       | BEVACIZUMAB   | 600   |
        | D       | IRINOTECAN    | 165   |
        | E       | DEXAMETHASONE | 5     |
        | E       | IRINOTECAN    | 300   |
        """,
    )
    # D's infusion has an end after the cut-off of 2025-12-31 and counts up to there
    for code, wanted in (("NCYC", "2 2 1 2 1 1"), ("DUR", "15 15 3 22 722 1")):
        found = of(result, code)
        whole = found[found["EXTRT"].isin(["ALL", "OXALIPLATIN"])]
        assert [f"{v:g}" for v in whole["AVAL"]] == wanted.split(), code


def test_adsl_tells_the_same_exposure(result: AdamResult) -> None:
    same(
        result.frames["ADSL"],
        """
        | USUBJID | SAFFL | TRT01A | TRTDURD# | NCYC# | CUMOXA# | RDIOXA# | CUMFLU# | RDIBEV# | BEVFL | EOTSTT  |
        | A       | Y     | SYS    | 15       | 2     | 340     | 100     |         |         | N     | ONGOING |
        | B       | Y     | HAI    | 3        | 1     |         |         | 4200    |         | N     | ONGOING |
        | C       | Y     | SYS    | 22       | 2     |         |         |         | 88      | Y     | ONGOING |
        | D       | Y     | SYS    | 722      | 1     |         |         |         |         | N     | ONGOING |
        | E       | Y     | HAI    | 1        | 1     |         |         |         |         | N     | ONGOING |
        | F       | N     |        |          |       |         |         |         |         | N     |         |
        """,
    )
