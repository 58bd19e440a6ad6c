"""The article's tables of overall responses, row by row."""

import pytest

from cdisc_hai.recist.overall import overall_response

# target | non-target | new lesion -> overall; "any" stands for every word of its column
TARGET_AND_NONTARGET = """
CR  | CR            | no  | CR
CR  | NON-CR/NON-PD | no  | PR
CR  | NE            | no  | PR
PR  | CR            | no  | PR
PR  | NON-CR/NON-PD | no  | PR
PR  | NE            | no  | PR
SD  | CR            | no  | SD
SD  | NON-CR/NON-PD | no  | SD
SD  | NE            | no  | SD
NE  | CR            | no  | NE
NE  | NON-CR/NON-PD | no  | NE
NE  | NE            | no  | NE
PD  | any           | any | PD
any | PD            | any | PD
any | any           | yes | PD
"""
TARGET_ONLY = """
CR  | NA            | no  | CR
PR  | NA            | no  | PR
SD  | NA            | no  | SD
NE  | NA            | no  | NE
PD  | NA            | any | PD
any | NA            | yes | PD
"""
NONTARGET_ONLY = """
NA  | CR            | no  | CR
NA  | NON-CR/NON-PD | no  | NON-CR/NON-PD
NA  | NE            | no  | NE
NA  | PD            | any | PD
NA  | any           | yes | PD
"""
NEITHER = """
NA  | NA            | no  | NED
NA  | NA            | yes | PD
"""
TARGETS = ("CR", "PR", "SD", "PD", "NE")
NONTARGETS = ("CR", "NON-CR/NON-PD", "PD", "NE")


def spread(table: str) -> list[tuple[str, str, bool, str]]:
    rows = []
    for line in table.strip().splitlines():
        target, nontarget, new, overall = (cell.strip() for cell in line.split("|"))
        rows += [
            (one, other, lesion == "yes", overall)
            for one in (TARGETS if target == "any" else (target,))
            for other in (NONTARGETS if nontarget == "any" else (nontarget,))
            for lesion in (("yes", "no") if new == "any" else (new,))
        ]
    return rows


TABLES = (TARGET_AND_NONTARGET, TARGET_ONLY, NONTARGET_ONLY, NEITHER)
EVERY = [row for table in TABLES for row in spread(table)]


@pytest.mark.parametrize(("target", "nontarget", "new", "overall"), EVERY)
def test_the_overall_response_is_the_article_s(
    target: str, nontarget: str, new: bool, overall: str
) -> None:
    assert overall_response(target, nontarget, new) == overall


def test_the_tables_name_every_combination() -> None:
    combinations = {row[:3] for row in EVERY}
    assert len(combinations) == (len(TARGETS) + 1) * (len(NONTARGETS) + 1) * 2
