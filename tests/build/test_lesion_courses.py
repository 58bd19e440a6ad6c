"""What the commands on lesions read of the dataset that derives them."""

from pathlib import Path

import pytest

from cdisc_hai.adam import sdtm_tables
from cdisc_hai.build.lesion_courses import WhichResponses, as_derived, assessed
from tests.adam.small import ADSL, small_study
from tests.derive.drawn_dates import day, same
from tests.derive.drawn_dates import frame as dated
from tests.drawn import frame, plain


def test_visits_stand_under_the_names_of_the_derivation_whatever_the_dataset_makes_of_them() -> (
    None
):
    made = frame("""
        | USUBJID | RESP | AVALC | ~AVALC | ~TRGRESP | ~SUM# | ~USUBJID |
        | A       | CR   | 1     | CR     | CR       | 12.5  | A        |
        | A       |      |       |        |          |       | A        |
    """)
    made.loc[1, "~TRGRESP"] = float("nan")  # a visit of the baseline has none
    found = as_derived(made)[["USUBJID", "AVALC", "TRGRESP", "SUM"]]
    assert plain(found) == [
        ("USUBJID", ["A", "A"]),
        ("AVALC", ["CR", ""]),
        ("TRGRESP", ["CR", ""]),
        ("SUM", [12.5, None]),
    ]


READER = """
dataset: NAME
label: Responses of a reader
class: HELPER
structure: One record a visit
keys: [USUBJID, ADT]
submit: false
parameters:
  DOVR:
    param: Response derived from the Lesions
    derive:
      op: lesion_responses
      lesions: {dataset: TU, where: {TUEVALID: READER}, link: TULNKID, target: {TUSTRESC: TARGET}, nontarget: {TUSTRESC: NON-TARGET}}
      results: {dataset: TR, where: {TREVALID: READER}, link: TRLNKID, visit: VISIT, date: TRDTC, size: TRSTRESN, baseline: {VISIT: BASE}, present: {TRSTRESC: PRESENT}}
      responses: {dataset: RS, visit: VISIT, date: RSDTC, response: RSSTRESC}
variables:
  - {name: USUBJID}
  - {name: ADT, type: sas_date}
"""
SDTM = {
    "DM": dated("| USUBJID |\n| A |"),
    "TU": dated("""
        | USUBJID | TUSEQ# | TUEVALID | TULNKID | TUSTRESC |
        | A       | 1      | R1       | T1      | TARGET   |
        | A       | 2      | R2       | T1      | TARGET   |
    """),
    "TR": dated("""
        | USUBJID | TRSEQ# | TREVALID | TRLNKID | TRSTRESC | TRSTRESN# | VISIT | TRDTC      |
        | A       | 1      | R1       | T1      | 30       | 30        | BASE  | 2024-01-01 |
        | A       | 2      | R2       | T1      | 30       | 30        | BASE  | 2024-01-01 |
        | A       | 3      | R1       | T1      | 20       | 20        | W8    | 2024-03-01 |
        | A       | 4      | R2       | T1      | 40       | 40        | W8    | 2024-03-01 |
    """),
    "RS": dated("""
        | USUBJID | RSSEQ# | RSSTRESC | VISIT | RSDTC      |
        | A       | 1      | PR       | W8    | 2024-03-01 |
    """),
}


def test_of_several_readers_the_one_that_is_named_is_compared(tmp_path: Path) -> None:
    readers = [READER.replace("NAME", f"XASM{n}").replace("READER", f"R{n}") for n in (1, 2)]
    study = small_study(tmp_path, SDTM, ADSL, *readers)
    for name, wanted in (("XASM1", "PR"), ("XASM2.DOVR", "PD")):
        visits = assessed(study, sdtm_tables(SDTM), day("2025-12-31"), name).visits
        same(visits[visits["AVISIT"] == "W8"], f"| AVALC | INV |\n| {wanted} | PR |")
        assert visits["differs"].sum() == (wanted == "PD")
    for name in (None, "XASM3"):
        with pytest.raises(WhichResponses, match=r"is meant: XASM1\.DOVR, XASM2\.DOVR"):
            assessed(study, sdtm_tables(SDTM), day("2025-12-31"), name)
