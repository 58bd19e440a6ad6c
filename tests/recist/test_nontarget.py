"""Non-target lesions and new lesions: one line a visit."""

from dataclasses import replace

import pytest

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.lesions import Lesion, NewLesion, NonTargetValue, Visit
from cdisc_hai.recist.nontarget import new_lesion_days, nontarget_response
from cdisc_hai.recist.policy import RECIST_1_1, Policy

POLICY = Policy(minimum_sd_days=0, confirmation_days=0)
LEAVE_OUT = replace(POLICY, missing_as_ne=False)
LESIONS = [Lesion("N1", "liver"), Lesion("N2", "lung"), Lesion("N3", "node", nodal=True)]
STATES = {"pres": "present", "gone": "absent", "prog": "progressed", "ne": "not evaluable"}

# N1 N2 N3 (a node; pres9 has a short axis of 9 mm) | response | after an overall CR
VISITS = """
gone gone gone   | CR            | CR
gone gone pres   | NON-CR/NON-PD | NON-CR/NON-PD
gone gone pres9  | CR            | CR
gone gone pres10 | NON-CR/NON-PD | NON-CR/NON-PD
pres gone gone   | NON-CR/NON-PD | PD
pres pres pres   | NON-CR/NON-PD | PD
prog gone gone   | PD            | PD
gone gone prog   | PD            | PD
ne   gone gone   | NE            | NE
ne   pres gone   | NE            | PD
ne   prog gone   | PD            | PD
-    gone gone   | NE            | NE
-    pres gone   | NE            | PD
-    prog gone   | PD            | PD
-    -    -      | NE            | NE
"""


def values(text: str) -> list[NonTargetValue]:
    found = []
    for lesion, word in zip(LESIONS, text.split(), strict=True):
        state, size = word.rstrip("0123456789"), word.lstrip("abcdefghijklmnopqrstuvwxyz-")
        if state != "-":
            axis = int(size) * 100 if size else None
            found.append(NonTargetValue(lesion.name, STATES[state], axis))
    return found


def response(text: str, *, after_cr: bool = False, policy: Policy = POLICY) -> str:
    return nontarget_response(
        LESIONS, values(text), after_cr=after_cr, criteria=RECIST_1_1, policy=policy
    )[0]


@pytest.mark.parametrize("line", VISITS.strip().splitlines())
def test_the_nontarget_response_is_as_drawn(line: str) -> None:
    lesions, usual, after_cr = (cell.strip() for cell in line.split("|"))
    assert response(lesions) == usual
    assert response(lesions, after_cr=True) == after_cr


@pytest.mark.parametrize(
    ("lesions", "answer"),
    [("- gone gone", "CR"), ("- pres gone", "NON-CR/NON-PD"), ("- - -", "NE"), ("ne gone -", "NE")],
)
def test_a_policy_can_leave_lesions_without_a_row_out(lesions: str, answer: str) -> None:
    assert response(lesions, policy=LEAVE_OUT) == answer


def test_without_nontarget_lesions_the_response_is_not_applicable() -> None:
    unknown = [NonTargetValue("N9", "progressed")]
    found = nontarget_response([], unknown, after_cr=False, criteria=RECIST_1_1, policy=POLICY)
    assert found == ("NA", "no non-target lesions: NA")


def test_the_reason_names_the_lesions() -> None:
    found = nontarget_response(
        LESIONS, values("prog gone prog"), after_cr=False, criteria=RECIST_1_1, policy=POLICY
    )
    assert found == ("PD", "non-target N1, N3 progressed: PD")


def test_two_states_of_one_lesion_at_one_visit_are_refused() -> None:
    twice = [NonTargetValue("N1", "absent"), NonTargetValue("N1", "absent")]
    with pytest.raises(DerivationError, match="N1 has two states"):
        nontarget_response(LESIONS, twice, after_cr=False, criteria=RECIST_1_1, policy=POLICY)


def test_a_new_lesion_counts_from_its_first_sighting_if_it_was_ever_unequivocal() -> None:
    visits = [
        Visit(50, new=(NewLesion("doubtful", equivocal=True), NewLesion("maybe", equivocal=True))),
        Visit(100, new=(NewLesion("doubtful"), NewLesion("clear", day=95))),
        Visit(150, new=(NewLesion("late form", day=160),)),
    ]
    assert new_lesion_days(visits) == {"doubtful": 50, "clear": 95, "late form": 150}
