"""Best overall responses: drawn tables, one line a subject.

A line: days and responses since the start | BOR and its day | CBOR and its day | first CR or PR.
``>n`` gives the day of a new therapy, ``/n`` the day of the first resection.
The study of these tables asks 40 days for stable disease and 20 for a confirmation.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.best import Best, best_response, confirmed_response
from cdisc_hai.recist.policy import Policy
from cdisc_hai.recist.window import Assessment, worst_of_day

POLICY = Policy(minimum_sd_days=40, confirmation_days=20)
START = 1000

BEST = """
nothing at all                         |                              | MISSING    | MISSING    | -
only before the start                  | -5:CR                        | MISSING    | MISSING    | -
a PD before the start is not seen      | -5:PD 60:SD                  | SD 60      | SD 60      | -
the day of the start is in the window  | 0:PR                         | PR 0       | NE 0       | 0
SD on the first day that counts        | 40:SD                        | SD 40      | SD 40      | -
SD one day early                       | 39:SD                        | NE 39      | NE 39      | -
SD early, then late: the late one      | 39:SD 50:SD                  | SD 50      | SD 50      | -
non-CR/non-PD needs the days too       | 39:NON 40:NON                | NON 40     | NON 40     | -
non-CR/non-PD is less than SD          | 50:NON 60:SD                 | SD 60      | SD 60      | -
an early PD counts                     | 10:PD                        | PD 10      | PD 10      | -
early SD then PD                       | 30:SD 60:PD                  | PD 60      | PD 60      | -
SD then PD                             | 50:SD 90:PD                  | SD 50      | SD 50      | -
after the PD nothing counts            | 50:SD 90:PD 130:CR           | SD 50      | SD 50      | -
NE, dated by the first of the window   | 20:NE 30:SD 50:NE            | NE 20      | NE 20      | -
PD is better than NE                   | 20:NE 30:PD                  | PD 30      | PD 30      | -
CR is better than PR                   | 20:PR 50:CR 60:PD            | CR 50      | PR 20      | 20
therapy: its own day still counts      | 50:SD 80:PR >80              | PR 80      | SD 50      | 80
therapy: the day after does not        | 50:SD 81:PR >80              | SD 50      | SD 50      | -
a PD after the therapy is not seen     | 30:SD 81:PD >80              | NE 30      | NE 30      | -
NED counts as CR                       | 50:NED 70:NED                | CR 50      | CR 50      | 50
the day of resection still counts      | 60:PR /60                    | PR 60      | SD 60      | 60
after the resection PR is not used     | 50:SD 61:PR 90:CR 99:NED /60 | SD 50      | SD 50      | -
after the resection SD is used         | 30:SD 61:SD /60              | SD 61      | SD 61      | -
after the resection PD is used         | 61:CR 90:PD /60              | PD 90      | PD 90      | -
only unusable responses: NE            | 61:CR 99:NED /60             | NE 61      | NE 61      | -
the worst of one day counts            | 50:CR 50:PR                  | PR 50      | SD 50      | 50
NE is the least of one day             | 50:NE 50:CR                  | CR 50      | SD 50      | 50
a PD of one day ends the window        | 50:PD 50:CR 80:CR            | PD 50      | PD 50      | -
PR confirmed on the first such day     | 30:PR 50:PR                  | PR 30      | PR 30      | 30
PR one day too soon for confirmation   | 50:PR 69:PR                  | PR 50      | SD 50      | 50
PR too soon, confirmed by the third    | 30:PR 49:PR 50:PR            | PR 30      | PR 30      | 30
PR confirmed by CR                     | 30:PR 50:CR                  | CR 50      | PR 30      | 30
PR confirmed by NED                    | 30:PR 50:NED                 | CR 50      | PR 30      | 30
one NE between                         | 30:PR 50:NE 70:PR            | PR 30      | PR 30      | 30
two NE between                         | 50:PR 60:NE 70:NE 90:PR      | PR 50      | SD 50      | 50
SD between a PR and its confirmation   | 30:PR 50:SD 70:PR            | PR 30      | PR 30      | 30
SD and NE between                      | 30:PR 50:SD 60:NE 70:PR      | PR 30      | PR 30      | 30
the second PR is the confirmed one     | 30:PR 40:NE 50:NE 70:PR 90:PR| PR 30      | PR 70      | 30
unconfirmed PR then PD                 | 50:PR 80:PD                  | PR 50      | SD 50      | 50
unconfirmed early PR then PD           | 39:PR 80:PD                  | PR 39      | PD 80      | 39
unconfirmed early PR alone             | 39:PR                        | PR 39      | NE 39      | 39
an SD later than an early PR           | 30:PR 45:SD                  | PR 30      | SD 45      | 30
resection: no confirmation after it    | 30:PR 60:CR /59              | PR 30      | NE 30      | 30
resection: SD after it counts          | 30:PR 60:CR 90:SD /59        | PR 30      | SD 90      | 30
CR confirmed                           | 30:CR 50:CR                  | CR 30      | CR 30      | 30
CR confirmed over one NE               | 30:CR 40:NE 50:CR            | CR 30      | CR 30      | 30
CR not confirmed over two NE           | 41:CR 45:NE 50:NE 70:CR      | CR 41      | SD 41      | 41
CR confirmed, then lesser              | 30:CR 50:CR 70:PR 99:SD      | CR 30      | CR 30      | 30
PR after CR ends the count             | 40:CR 60:PR 80:PR 99:CR      | CR 40      | SD 40      | 40
early CR, then PR, no PD               | 39:CR 60:PR 80:PR            | CR 39      | NE 39      | 39
early CR, then PR, then PD             | 39:CR 60:PR 80:PD            | CR 39      | PD 80      | 39
early CR, then a late SD does not count| 39:CR 60:SD                  | CR 39      | NE 39      | 39
non-CR/non-PD after CR ends the count  | 39:CR 60:NON 99:CR           | CR 39      | NE 39      | 39
late CR, then SD, then PD              | 45:CR 60:SD 80:PD            | CR 45      | SD 45      | 45
SD before the CR gives the SD          | 40:SD 60:CR 80:SD            | CR 60      | SD 40      | 60
a PR confirmed before the lesser one   | 20:PR 40:PR 60:CR 80:SD      | CR 60      | PR 20      | 20
a PR confirmed by the CR               | 20:PR 40:CR 60:SD            | CR 40      | PR 20      | 20
PR not confirmed by a PR after the cut | 20:PR 30:CR 35:SD 60:PR      | CR 30      | NE 20      | 20
CR then NE then SD                     | 45:CR 60:NE 80:SD            | CR 45      | SD 45      | 45
a CR after resection ends nothing      | 30:NE 70:CR 90:SD /60        | SD 90      | SD 90      | -
CR before, SD after the resection      | 30:CR 70:SD 90:PD /60        | CR 30      | PD 90      | 30
"""


@dataclass(frozen=True)
class Line:
    name: str
    assessments: tuple[Assessment, ...]
    limits: dict[str, int]
    best: tuple[str, int | None]
    confirmed: tuple[str, int | None]
    responder: int | None


def read_line(text: str) -> Line:
    name, course, best, confirmed, responder = (cell.strip() for cell in text.split("|"))
    limits = {"start": START}
    assessments = []
    for word in course.split():
        if word[0] in ">/":
            limits["new_therapy" if word[0] == ">" else "resection"] = START + int(word[1:])
        else:
            day, term = word.split(":")
            assessments.append(Assessment(START + int(day), full(term), len(assessments)))
    first = None if responder == "-" else START + int(responder)
    return Line(name, tuple(assessments), limits, answer(best), answer(confirmed), first)


def full(term: str) -> str:
    return term.replace("NON", "NON-CR/NON-PD")


def answer(cell: str) -> tuple[str, int | None]:
    term, *day = cell.split()
    return full(term), START + int(day[0]) if day else None


LINES = [read_line(text) for text in BEST.strip().splitlines()]
each_line = pytest.mark.parametrize("line", LINES, ids=[line.name for line in LINES])


@each_line
def test_the_best_response_is_as_drawn(line: Line) -> None:
    found = best_response(line.assessments, policy=POLICY, **line.limits)
    assert (found.response, found.day) == line.best
    assert found.first_responder_day == line.responder
    assert found.reason.endswith(found.response)


@each_line
def test_the_confirmed_response_is_as_drawn(line: Line) -> None:
    found = confirmed_response(line.assessments, policy=POLICY, **line.limits)
    assert (found.response, found.day) == line.confirmed


@each_line
def test_the_order_in_which_assessments_are_given_does_not_matter(line: Line) -> None:
    turned = line.assessments[::-1]
    assert best_response(turned, policy=POLICY, **line.limits) == best_response(
        line.assessments, policy=POLICY, **line.limits
    )


def confirmed(course: str, policy: Policy) -> Best:
    line = read_line(f"|{course}|NE|NE|-")
    return confirmed_response(line.assessments, start=START, policy=policy)


def test_a_policy_can_allow_two_ne_between() -> None:
    policy = replace(POLICY, max_ne_between=2)
    assert confirmed("50:PR 60:NE 70:NE 90:PR", policy).response == "PR"


def test_a_policy_can_forbid_sd_between_a_pr_and_its_confirmation() -> None:
    policy = replace(POLICY, sd_between_pr=False)
    assert confirmed("50:PR 60:SD 90:PR", policy).response == "SD"


def test_a_policy_can_let_everything_count_after_a_cr() -> None:
    policy = replace(POLICY, lesser_after_cr="ignore")
    assert confirmed("40:CR 60:PR 80:PR", policy).response == "PR"


def test_a_lesser_response_between_two_cr_confirms_nothing_even_where_it_ends_nothing() -> None:
    policy = replace(POLICY, lesser_after_cr="ignore")
    assert confirmed("40:CR 60:SD 80:CR", policy).response == "SD"
    assert confirmed("40:CR 60:SD 80:CR 100:CR", policy).day == START + 80


def test_of_two_equal_responses_of_one_day_the_first_given_counts() -> None:
    assessments = [Assessment(5, "SD", 7), Assessment(5, "SD", 3), Assessment(5, "NE", 1)]
    assert worst_of_day(assessments) == (Assessment(5, "SD", 7),)


def test_the_responses_of_one_day_rank_from_ne_to_pd() -> None:
    ladder = ["NE", "CR", "PR", "SD", "NON-CR/NON-PD", "PD"]
    for better, worse in pairwise(ladder):
        assert worst_of_day([Assessment(1, better), Assessment(1, worse)])[0].response == worse


@pytest.mark.parametrize("word", ["MISSING", "NA", "", "pr"])
def test_a_word_that_is_no_overall_response_is_refused(word: str) -> None:
    with pytest.raises(DerivationError, match="no overall response"):
        best_response([Assessment(START, word)], start=START, policy=POLICY)


def test_the_reason_tells_the_figures_that_decide() -> None:
    assert confirmed("30:PR 50:NE 70:CR", POLICY).reason == (
        "PR 30 days after the start, the best of 3 in the window: PR, confirmed by CR 40 days later"
    )
    assert confirmed("50:PR 60:PD", POLICY).reason == (
        "PR 50 days after the start is not confirmed; from 40 days on: SD"
    )
    assert confirmed("39:CR 60:SD", POLICY).reason == (
        "none of 2 in the window gives more than NE (SD from 40 days on): NE"
        "; what counts ends with SD after a CR, at 60 days"
    )
