"""Target lesions: what each is worth, the sums' exact borders, and the order of the rules."""

import pytest

from cdisc_hai.errors import DerivationError
from cdisc_hai.recist.lesions import Lesion, TargetValue
from cdisc_hai.recist.policy import RECIST_1_1
from cdisc_hai.recist.target import (
    TargetFigures,
    disease_seen,
    grown,
    shrunk,
    target_response,
    target_values,
)
from cdisc_hai.recist.words import millimetres, percent_change, target_reason

LIVER, LUNG, NODE = Lesion("T1", "liver"), Lesion("T2", "lung"), Lesion("T3", "node", nodal=True)
T1, T2 = "T1", "T2"


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (TargetValue(T1, "measured", 1234), 1234),
        (TargetValue(T1, "measured", 310), 310),
        (TargetValue(T1, "measured", 0), 0),
        (TargetValue(T1, "measured", None), None),
        (TargetValue(T1, "measured", -100), None),
        (TargetValue(T1, "too small"), 500),
        (TargetValue(T1, "absent"), 0),
        (TargetValue(T1, "not evaluable"), None),
        (TargetValue(T1, "not evaluable", 1200), None),
        (TargetValue(T1, "split", fragments=(700, 550)), 1250),
        (TargetValue(T1, "split", fragments=(700, -1)), None),
        (TargetValue(T1, "split"), None),
        (TargetValue("new one", "measured", 1234), None),
    ],
)
def test_a_target_is_worth_what_the_state_says(value: TargetValue, size: int | None) -> None:
    assert target_values([LIVER], [value], RECIST_1_1).get(T1) == size


def test_a_node_too_small_to_measure_is_5_mm_too() -> None:
    assert target_values([NODE], [TargetValue("T3", "too small")], RECIST_1_1) == {"T3": 500}


def test_a_merged_lesion_is_0_and_its_host_has_the_whole() -> None:
    values = [TargetValue(T1, "measured", 4000), TargetValue(T2, "merged", host=T1)]
    assert target_values([LIVER, LUNG], values, RECIST_1_1) == {T1: 4000, T2: 0}


@pytest.mark.parametrize(
    "host",
    [
        TargetValue(T1, "not evaluable"),
        TargetValue(T1, "merged", host=T2),
        TargetValue("unknown", "measured", 4000),
    ],
)
def test_a_merged_lesion_whose_host_has_no_size_has_none(host: TargetValue) -> None:
    values = [host, TargetValue(T2, "merged", host=T1)]
    assert target_values([LIVER, LUNG], values, RECIST_1_1) == {}


def test_two_values_of_one_lesion_at_one_visit_are_refused() -> None:
    twice = [TargetValue(T1, "absent"), TargetValue(T1, "too small")]
    with pytest.raises(DerivationError, match="two values"):
        target_values([LIVER], twice, RECIST_1_1)


@pytest.mark.parametrize(
    ("baseline", "size", "answer"),
    [
        (1400, 980, True),  # 14.0 to 9.8 is -30 % exactly
        (1400, 981, False),
        (10000, 7000, True),
        (10000, 7001, False),
        (0, 0, True),
        (0, 1, False),
    ],
)
def test_a_sum_has_shrunk_from_30_percent_on(baseline: int, size: int, answer: bool) -> None:
    assert shrunk(size, baseline, RECIST_1_1) is answer


@pytest.mark.parametrize(
    ("nadir", "size", "answer"),
    [
        (2700, 3240, True),  # 27.0 to 32.4 is +20 % exactly, and 5.4 mm
        (2700, 3239, False),
        (320, 820, True),  # 3.2 to 8.2 is 5 mm exactly
        (320, 819, False),
        (2500, 3000, True),  # both borders at once
        (2499, 2999, True),
        (2500, 2999, False),
        (10000, 11999, False),
        (10000, 12000, True),
        (0, 500, True),  # from nadir 0 the 5 mm alone decide
        (0, 499, False),
    ],
)
def test_a_sum_has_grown_from_20_percent_and_5_mm_on(nadir: int, size: int, answer: bool) -> None:
    assert grown(size, nadir, RECIST_1_1) is answer


# targets valued sum(mm) seen | nadir baseline | after CR | response
RULES = """
0 0 0    no  | -  -  | no  | NA
2 2 20   yes | -  -  | no  | NE
2 2 0    no  | 0  -  | no  | NE
2 2 0    no  | 20 40 | no  | CR
1 1 9    no  | 0  40 | no  | CR
1 1 9    no  | 0  40 | yes | CR
2 2 3    yes | 0  40 | no  | PR
2 2 5    yes | 0  40 | no  | PD
2 2 3    yes | 0  40 | yes | PD
2 2 24   yes | 20 40 | no  | PR
2 2 25   yes | 20 40 | no  | PD
2 2 28   yes | 28 40 | no  | PR
2 2 29   yes | 28 40 | no  | SD
2 2 47   yes | 40 40 | no  | SD
2 2 48   yes | 40 40 | no  | PD
2 1 24   yes | 20 40 | no  | NE
2 1 25   yes | 20 40 | no  | PD
2 1 0    no  | 20 40 | no  | NE
2 0 0    no  | 0  40 | no  | NE
2 1 2    yes | 0  40 | yes | PD
2 1 0    no  | 0  40 | yes | NE
"""


@pytest.mark.parametrize("line", RULES.strip().splitlines())
def test_the_first_rule_that_fits_gives_the_target_response(line: str) -> None:
    lesions, past, after, response = (cell.split() for cell in line.split("|"))
    nadir, base = (None if mm == "-" else int(mm) * 100 for mm in past)
    targets, valued, size = (int(cell) for cell in lesions[:3])
    figures = TargetFigures(
        targets, valued, size * 100, lesions[3] == "yes", nadir, base, after == ["yes"]
    )
    assert target_response(figures, RECIST_1_1) == response[0]
    assert target_reason(figures, response[0], RECIST_1_1).endswith(f": {response[0]}")


@pytest.mark.parametrize(
    ("lesion", "size", "answer"),
    [(LIVER, 0, False), (LIVER, 1, True), (NODE, 999, False), (NODE, 1000, True)],
)
def test_a_node_is_disease_from_10_mm_on_and_any_other_lesion_from_0(
    lesion: Lesion, size: int, answer: bool
) -> None:
    assert disease_seen([lesion], {lesion.name: size}, RECIST_1_1) is answer


def reason(response: str, **figures: object) -> str:
    usual = {"targets": 2, "valued": 2, "sum": 4600, "seen": True, "nadir": 3800, "baseline": 8000}
    return target_reason(TargetFigures(**{**usual, **figures}), response, RECIST_1_1)


def test_reasons_tell_the_figures_that_decide() -> None:
    assert reason("PD") == "sum 46 mm, nadir 38 mm: +21.1 %, +8 mm: PD"
    assert reason("SD", sum=4000, baseline=5000) == (
        "sum 40 mm, baseline 50 mm: -20.0 %, -10 mm; nadir 38 mm: +5.3 %, +2 mm: SD"
    )
    assert reason("PD", nadir=0, sum=550) == "sum 5.5 mm, nadir 0 mm: +5.5 mm: PD"
    assert reason("NE", valued=1, sum=1000) == (
        "1 of 2 targets have a value, sum 10 mm, nadir 38 mm: -73.7 %, -28 mm: NE"
    )
    assert reason("CR", seen=False, sum=0) == "sum 0 mm, all targets gone or normal nodes: CR"
    assert reason("PD", after_cr=True, sum=200, nadir=0) == (
        "sum 2 mm, target disease seen again after CR: PD"
    )
    assert reason("NE", baseline=None) == "no complete sum at baseline: NE"


def test_a_percent_change_is_never_rounded_onto_a_limit() -> None:
    assert percent_change(12000, 10000, RECIST_1_1) == "+20.0 %"
    assert percent_change(11997, 10000, RECIST_1_1) == "+19.97 %"
    assert percent_change(70001, 100000, RECIST_1_1) == "-29.999 %"


@pytest.mark.parametrize(
    ("size", "text"), [(4600, "46"), (4610, "46.1"), (4605, "46.05"), (0, "0"), (10000, "100")]
)
def test_millimetres_have_no_trailing_zeros(size: int, text: str) -> None:
    assert millimetres(size) == text
