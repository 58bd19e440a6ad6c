"""Of several records of one thing the one with the lowest record number is used."""

import pytest

from cdisc_hai.derive import lowest_records
from cdisc_hai.errors import SpecError
from tests.adam.small import ADSL, made, small_study
from tests.derive.drawn_dates import frame, same

DM = frame("""
    | USUBJID |
    | A       |
""")
TR = frame("""
    | USUBJID | TRSEQ# | TRSPID | VISIT     | TRLNKID | TRTESTCD | TRSTRESN# |
    | A       | 1      | 1000   | SCREENING | T01     | LDIAM    | 40        |
    | A       | 2      | 999    | SCREENING | T01     | LDIAM    | 30        |
    | A       | 3      | 999    | SCREENING | T01     | LPERP    | 20        |
    | A       | 4      | 1001   | WEEK 8    | T01     | LDIAM    | 25        |
    | A       | 5      |        | WEEK 8    | T02     | LDIAM    | 11        |
    | A       | 6      | X      | WEEK 8    | T02     | LDIAM    | 12        |
    | A       | 7      | 7      | WEEK 8    |         | LDIAM    | 13        |
    | A       | 8      | 8      | WEEK 8    |         | LDIAM    | 14        |
""")
XTR = """
dataset: XTR
label: Lesions
class: HELPER
structure: One record per result
keys: [USUBJID, SRCSEQ]
submit: false
from: TR
lowest: {record: TRSPID, by: [USUBJID, VISIT, TRLNKID]}
variables:
  - {name: USUBJID, label: Subject, derive: {op: copy_of, source: TR.USUBJID}}
  - {name: AVAL, label: Diameter, type: float, derive: {op: copy_of, source: TR.TRSTRESN}}
  - {name: SRCSEQ, label: Number, type: integer, derive: {op: copy_of, source: TR.TRSEQ}}
"""


def test_record_numbers_are_compared_as_numbers_and_all_results_of_the_record_stay(tmp_path):
    helper = made(tmp_path, {"DM": DM, "TR": TR}, ADSL, XTR).helpers["XTR"]
    same(
        helper[["AVAL", "SRCSEQ"]],
        """
        | AVAL# | SRCSEQ# |
        | 30    | 2       |
        | 20    | 3       |
        | 25    | 4       |
        | 12    | 6       |
        | 13    | 7       |
        | 14    | 8       |
    """,
    )


def test_records_without_any_number_all_stay():
    table = TR.assign(TRSPID="")
    assert lowest_records(table, "TRSPID", ["VISIT", "TRLNKID"]).equals(table)
    bare = TR.drop(columns="TRSPID")
    assert lowest_records(bare, "TRSPID", ["VISIT", "TRLNKID"]).equals(bare)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{record: TRSPDI, by: [USUBJID]}", "no variable 'TRSPDI'; did you mean 'TRSPID'?"),
        ("{record: TRSPID, by: [USUBJID, VISITT]}", "no variable 'VISITT'; did you mean 'VISIT'?"),
        ("{record: TRSPID}", "lowest needs 'by'"),
        ("{record: TRSPID, by: [VISIT], of: X}", "no key 'of' in lowest"),
    ],
)
def test_names_that_are_not_there_are_told(tmp_path, written, told):
    text = XTR.replace("{record: TRSPID, by: [USUBJID, VISIT, TRLNKID]}", written)
    with pytest.raises(SpecError, match=r"ad1\.yaml") as error:
        small_study(tmp_path, {"DM": DM, "TR": TR}, ADSL, text)
    assert told in str(error.value)
