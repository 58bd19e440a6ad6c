"""Responses and sums from drawn TU and TR, ours and those of another study."""

from typing import Any

import pandas as pd
import pytest

from cdisc_hai.derive import Records
from tests.derive.calls import parameters, run
from tests.derive.drawn_dates import frame, same

SUBJECTS = frame("""
    | USUBJID | FASFL | RANDDT@    |
    | A       | Y     | 2024-01-01 |
    | B       | Y     | 2024-01-01 |
    | C       | N     |            |
""", "ADSL").assign(**{"@wide": True})  # fmt: skip

IDENTIFIED = frame("""
    | USUBJID | TULNKID | TUSTRESC   | NODE |
    | A       | T01     | TARGET     | N    |
    | A       | T02     | TARGET     | Y    |
    | A       | NT01    | NON-TARGET | N    |
    | A       | NL01    | NEW        |      |
    | B       | NT01    | NON-TARGET | N    |
    | C       | T01     | TARGET     | N    |
""", "TU")  # fmt: skip

RESULTS = """
    | USUBJID | TRGRPID    | TRLNKID | TRTESTCD | TRSTRESC    | TRSTRESN# | VISIT     | VISITNUM# | ADT@       | SRCSEQ# |
    | A       | TARGET     | T01     | LDIAM    | 30          | 30        | SCREENING | 1         | 2023-12-20 | 1       |
    | A       | TARGET     | T02     | DIAMETER | 20          | 20        | SCREENING | 1         | 2023-12-21 | 2       |
    | A       | NON-TARGET | NT01    | TUMSTATE | PRESENT     |           | SCREENING | 1         | 2023-12-24 | 3       |
    | A       | TARGET     | T01     | LDIAM    | 10.5        | 10.5      | WEEK 8    | 108       | 2024-02-26 | 4       |
    | A       | TARGET     | T02     | DIAMETER | 9           | 9         | WEEK 8    | 108       | 2024-02-27 | 5       |
    | A       | NON-TARGET | NT01    | TUMSTATE | PRESENT     |           | WEEK 8    | 108       | 2024-03-01 | 6       |
    | A       | NEW        | NL01    | TUMSTATE | EQUIVOCAL   |           | WEEK 16   | 116       | 2024-04-22 | 7       |
    | A       | TARGET     | T01     | LDIAM    | 0           | 0         | WEEK 16   | 116       | 2024-04-22 | 8       |
    | A       | TARGET     | T02     | DIAMETER | 9           | 9         | WEEK 16   | 116       | 2024-04-22 | 9       |
    | A       | NON-TARGET | NT01    | TUMSTATE | ABSENT      |           | WEEK 16   | 116       | 2024-04-22 | 10      |
    | A       | NEW        | NL01    | TUMSTATE | UNEQUIVOCAL |           | WEEK 24   | 124       | 2024-06-17 | 11      |
    | A       | TARGET     | T01     | LDIAM    | -3          | -3        | WEEK 24   | 124       | 2024-06-17 | 12      |
    | A       | TARGET     | T99     | LDIAM    | 50          | 50        | WEEK 24   | 124       | 2024-06-18 | 13      |
"""
NO_RESPONSES = frame("| USUBJID | AVISIT | ADT@ |", "XOVR")


def derived(
    results: str,
    code: str = "DOVR",
    responses: pd.DataFrame = NO_RESPONSES,
    identified: pd.DataFrame = IDENTIFIED,
) -> Any:
    tables = {
        "ADSL": SUBJECTS,
        "TU": identified,
        "XOVR": responses,
        "XTR": frame(results, "XTR").assign(SRCDOM="TR", SRCVAR="TRSTRESC", USEFL="Y"),
    }
    return parameters("XASM", code, tables)[code]


def test_a_visit_has_its_responses_its_sum_and_the_days_of_both() -> None:
    same(
        derived(RESULTS),
        """
        | USUBJID | AVISIT    | ADT@       | SUMDT@     | AVALC | TRGRESP | NTRGRESP      | NEWLPROG | SRCSEQ# | SUMSEQ# |
        | A       | SCREENING | 2023-12-21 | 2023-12-21 |       |         |               |          | 2       | 2       |
        | A       | WEEK 8    | 2024-03-01 | 2024-02-27 | PR    | PR      | NON-CR/NON-PD | N        | 6       | 5       |
        | A       | WEEK 16   | 2024-04-22 | 2024-04-22 | PD    | CR      | CR            | Y        | 7       | 8       |
        | A       | WEEK 24   | 2024-06-18 | 2024-06-17 | PD    | NE      | NE            | Y        | 13      | 12      |
        """,
    )


def test_sums_are_complete_or_none_and_changes_are_from_baseline_and_nadir() -> None:
    # a diameter below zero is no value, and a lesion that was never defined enters no sum
    same(
        derived(RESULTS),
        """
        | AVISIT    | ABLFL | SUM# | SUMFL | PARTIAL | BASE# | CHG#  | PCHG# | NADIR# | CHGNAD# | PCHGNAD# |
        | SCREENING | Y     | 50   | Y     | N       | 50    |       |       |        |         |          |
        | WEEK 8    |       | 19.5 | Y     | N       | 50    | -30.5 | -61   | 50     | -30.5   | -61      |
        | WEEK 16   |       | 9    | Y     | N       | 50    | -41   | -82   | 19.5   | -10.5   | -53.8462 |
        | WEEK 24   |       |      | N     |         |       |       |       |        |         |          |
        """,
    )


def test_each_answer_says_why() -> None:
    assert derived(RESULTS)["REASON"].tolist()[1:3] == [
        "sum 19.5 mm, baseline 50 mm: -61.0 %, -30.5 mm; nadir 50 mm: -61.0 %, -30.5 mm: PR; "
        "non-target NON-CR/NON-PD; overall PR",
        "sum 9 mm, all targets gone or normal nodes: CR; non-target CR; new lesion: PD; overall PD",
    ]


def test_a_row_comes_from_all_results_of_its_visit() -> None:
    assert derived(RESULTS)["@from"].tolist()[:2] == ["XTR:1;XTR:2", "XTR:4;XTR:5;XTR:6"]


def test_a_new_lesion_dates_from_its_first_sighting_once_it_is_unequivocal() -> None:
    same(
        derived(RESULTS, "NEWLES"),
        """
        | USUBJID | LESION | ADT@       | SRCDOM | SRCSEQ# |
        | A       | NL01   | 2024-04-22 | TR     | 7       |
        """,
    )
    never = "\n".join(line for line in RESULTS.splitlines() if "UNEQUIVOCAL" not in line)
    assert derived(never, "NEWLES").empty
    assert derived(never)["NEWLPROG"].tolist()[1:] == ["N", "N", "N"]


def test_lesions_have_their_sizes_by_kind_with_their_own_baseline() -> None:
    same(
        derived(RESULTS, "LDIAM"),
        """
        | USUBJID | LESION | AVISIT    | AVAL# | ABLFL | BASE# | CHG#  | PCHG# | SRCSEQ# | @from  |
        | A       | T01    | SCREENING | 30    | Y     | 30    |       |       | 1       | XTR:1  |
        | A       | T01    | WEEK 8    | 10.5  |       | 30    | -19.5 | -65   | 4       | XTR:4  |
        | A       | T01    | WEEK 16   | 0     |       | 30    | -30   | -100  | 8       | XTR:8  |
        | A       | T01    | WEEK 24   |       |       | 30    |       |       | 12      | XTR:12 |
        """,
    )
    assert derived(RESULTS, "SAXIS")["LESION"].unique().tolist() == ["T02"]


def test_a_visit_before_randomisation_is_no_baseline_and_no_visit() -> None:
    early = RESULTS.replace("2024-02-26", "2023-12-30").replace("2024-02-27", "2023-12-30")
    found = derived(early.replace("2024-03-01", "2023-12-31"))
    same(
        found[1:],
        """
        | AVISIT  | NADIR# |
        | WEEK 16 | 50     |
        | WEEK 24 |        |
        """,
    )


UNDATED = """
    | USUBJID | TRGRPID    | TRLNKID | TRTESTCD | TRSTRESC | TRSTRESN# | VISIT     | VISITNUM# | ADT@       | SRCSEQ# |
    | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT  |           | SCREENING | 1         | 2023-12-20 | 1       |
    | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT  |           | WEEK 8    | 108       | 2024-02-26 | 2       |
    | B       | NON-TARGET | NT01    | TUMSTATE | ABSENT   |           | WEEK 16   | 116       |            | 3       |
    | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT  |           | WEEK 24   | 124       |            | 4       |
    | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT  |           | WEEK 32   | 132       | 2024-08-12 | 5       |
"""
PAGES = frame("""
    | USUBJID | AVISIT  | ADT@       | SRCDOM | SRCVAR   | SRCSEQ# |
    | B       | WEEK 8  | 2024-02-28 | RS     | RSSTRESC | 1       |
    | B       | WEEK 16 | 2024-04-25 | RS     | RSSTRESC | 2       |
""", "XOVR")  # fmt: skip


def test_a_visit_without_targets_or_without_scan_dates_has_the_day_of_its_response() -> None:
    # WEEK 24 has neither; WEEK 32 has no target lesion and no response: both are no visits
    same(
        derived(UNDATED, responses=PAGES),
        """
        | USUBJID | AVISIT  | ADT@       | AVALC         | TRGRESP | SRCDOM | SRCSEQ# |
        | B       | WEEK 8  | 2024-02-28 | NON-CR/NON-PD | NA      | RS     | 1       |
        | B       | WEEK 16 | 2024-04-25 | CR            | NA      | RS     | 2       |
        """,
    )


def test_a_new_lesion_of_a_visit_without_a_day_counts_from_the_next_visit_on() -> None:
    seen = """
        | USUBJID | TRGRPID    | TRLNKID | TRTESTCD | TRSTRESC    | TRSTRESN# | VISIT     | VISITNUM# | ADT@       | SRCSEQ# |
        | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT     |           | SCREENING | 1         | 2023-12-20 | 1       |
        | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT     |           | WEEK 8    | 108       | 2024-02-26 | 2       |
        | B       | NEW        | NL01    | TUMSTATE | EQUIVOCAL   |           | UNSCHED 1 | 901       | 2024-03-20 | 3       |
        | B       | NON-TARGET | NT01    | TUMSTATE | PRESENT     |           | WEEK 16   | 116       | 2024-04-22 | 4       |
        | B       | NEW        | NL01    | TUMSTATE | UNEQUIVOCAL |           | UNSCHED 2 | 902       | 2024-08-01 | 5       |
    """
    identified = frame("""
        | USUBJID | TULNKID | TUSTRESC   | NODE |
        | B       | NT01    | NON-TARGET | N    |
        | B       | NL01    | NEW        |      |
    """, "TU")  # fmt: skip
    # neither unscheduled visit has a response; the second says that the first sighting counts
    same(
        derived(seen, responses=PAGES, identified=identified),
        """
        | USUBJID | AVISIT  | ADT@       | AVALC         | NEWLPROG |
        | B       | WEEK 8  | 2024-02-28 | NON-CR/NON-PD | N        |
        | B       | WEEK 16 | 2024-04-25 | PD            | Y        |
        """,
    )


FOREIGN_TU = frame("""
    | USUBJID | TULNKID | TUORRES    | TULOC      | TUDTC      |
    | A       | 1       | Target     | LIVER      | 2023-12-20 |
    | A       | 2       | Target     | LYMPH NODE | 2023-12-20 |
    | A       | 9       | New lesion | LUNG       | 2024-06-17 |
""", "TU")  # fmt: skip
FOREIGN_TR = frame("""
    | USUBJID | TRLNKID | TRTESTCD | TRSTRESC            | TRSTRESN# | VISITNUM# | TRDTC      | TREVAL   | TRSEQ# |
    | A       | 1       | LDIAM    | 20                  | 20        | 0         | 2023-12-20 | READER 1 | 1      |
    | A       | 2       | LDIAM    | 30                  | 30        | 0         | 2023-12-20 | READER 1 | 2      |
    | A       | 2       | LPERP    | 16                  | 16        | 0         | 2023-12-20 | READER 1 | 3      |
    | A       |         | SUMDIAM  | 36                  | 36        | 0         | 2023-12-20 | READER 1 | 4      |
    | A       | 1       | LDIAM    | TOO SMALL           |           | 8         | 2024-02-26 | READER 1 | 5      |
    | A       | 1       | LDIAM    | 33                  | 33        | 8         | 2024-02-26 | READER 2 | 6      |
    | A       | 2       | LPERP    | 9                   | 9         | 8         | 2024-02-26 | READER 1 | 7      |
    | A       | 1       | TUMSTATE | ABSENT              |           | 16        | 2024-04-22 | READER 1 | 8      |
    | A       | 1       | LDIAM    |                     |           | 16        | 2024-04-22 | READER 1 | 9      |
    | A       | 2       | LPERP    | 9.9                 | 9.9       | 16        | 2024-04-22 | READER 1 | 10     |
    | A       | 1       | LDIAM    | 12                  | 12        | 24        | 2024-06-17 | READER 1 | 11     |
    | A       | 2       | LPERP    | 9                   | 9         | 24        | 2024-06-17 | READER 1 | 12     |
""", "TR")  # fmt: skip


def test_tu_and_tr_of_another_study_need_only_other_words_in_the_spec() -> None:
    found = run(
        "lesion_responses",
        SUBJECTS,
        {"ADSL": SUBJECTS, "TU": FOREIGN_TU, "TR": FOREIGN_TR},
        lesions={
            "dataset": "TU",
            "link": "TULNKID",
            "target": {"TUORRES": "Target"},
            "nontarget": {"TUORRES": "Non-target"},
            "new": {"TUORRES": "New lesion"},
            "node": {"TULOC": "LYMPH NODE"},
            "date": "TUDTC",
        },
        results={
            "dataset": "TR",
            "where": {"TREVAL": "READER 1"},
            "link": "TRLNKID",
            "visit": "VISITNUM",
            "visit_number": "VISITNUM",
            "date": "TRDTC",
            "size": "TRSTRESN",
            "baseline": {"VISITNUM": 0},
            "diameter": {"TRTESTCD": "LDIAM"},
            "short_axis": {"TRTESTCD": "LPERP"},
            "too_small": {"TRSTRESC": "TOO SMALL"},
            "absent": {"TRSTRESC": "ABSENT"},
            "present": {"TRSTRESC": "PRESENT"},
        },
        start="RANDDT",
    )
    assert isinstance(found, Records)
    # a new lesion that is only identified counts from that day, at the visit of that day
    same(
        found.frame,
        """
        | AVISITN# | ADT@       | SUM# | AVALC | TRGRESP | NTRGRESP | NEWLPROG | SRCDOM |
        | 0        | 2023-12-20 | 36   |       |         |          |          | TR     |
        | 8        | 2024-02-26 | 14   | PR    | PR      | NA       | N        | TR     |
        | 16       | 2024-04-22 | 9.9  | CR    | CR      | NA       | N        | TR     |
        | 24       | 2024-06-17 | 21   | PD    | PD      | NA       | Y        | TR     |
        """,
    )


def test_fragments_are_added_and_a_merged_lesion_is_in_its_host() -> None:
    results = """
        | USUBJID | TRGRPID | TRLNKID | TRTESTCD | TRSTRESC | TRSTRESN# | VISIT     | VISITNUM# | ADT@       | SRCSEQ# |
        | A       | TARGET  | T01     | LDIAM    | 30       | 30        | SCREENING | 1         | 2023-12-20 | 1       |
        | A       | TARGET  | T02     | LDIAM    | 20       | 20        | SCREENING | 1         | 2023-12-20 | 2       |
        | A       | TARGET  | T01.1   | LDIAM    | 8        | 8         | WEEK 8    | 2         | 2024-02-26 | 3       |
        | A       | TARGET  | T01.2   | LDIAM    | 4.5      | 4.5       | WEEK 8    | 2         | 2024-02-26 | 4       |
        | A       | TARGET  | T02     | LDIAM    | 20       | 20        | WEEK 8    | 2         | 2024-02-26 | 5       |
        | A       | TARGET  | T01/T02 | LDIAM    | 38       | 38        | WEEK 16   | 3         | 2024-04-22 | 6       |
        | A       | TARGET  | T01.1   | LDIAM    | 8        | 8         | WEEK 24   | 4         | 2024-06-17 | 7       |
        | A       | TARGET  | T01.2   | LDIAM    |          |           | WEEK 24   | 4         | 2024-06-17 | 8       |
        | A       | TARGET  | T02     | LDIAM    | 1        | 1         | WEEK 24   | 4         | 2024-06-17 | 9       |
    """
    targets = IDENTIFIED[:2].assign(NODE="N")
    step = parameters.__globals__["study"]().adam["XASM"].parameters[0].step
    given = {name: step.params[name] for name in ("lesions", "results")}
    given["lesions"] = {**given["lesions"], "split": ".", "merge": "/"}
    tables = {
        "TU": targets,
        "XTR": frame(results, "XTR").assign(SRCDOM="TR", SRCVAR="X", USEFL="Y"),
    }
    found = run("lesion_responses", SUBJECTS, tables, **given).frame
    assert found["AVALC"].tolist()[1:] == ["PR", "SD", "NE"]
    same(found, "| SUM# |\n| 50 |\n| 32.5 |\n| 38 |\n| |")
    sizes = run("lesion_sizes", SUBJECTS, tables, nodes="without", **given)
    told = {(r["LESION"], r["AVISIT"]): r["AVAL"] for r in sizes.to_dict("records")}
    assert told[("T01", "WEEK 8")] == 12.5
    assert (told[("T01", "WEEK 16")], told[("T02", "WEEK 16")]) == (38, 0)


def test_results_without_any_identification_are_of_no_lesion() -> None:
    found = derived_without_tu()
    assert found["AVALC"].tolist() == ["NED", "NED", "NED"]


def derived_without_tu() -> pd.DataFrame:
    rows = frame(RESULTS, "XTR").assign(SRCDOM="TR", SRCVAR="TRSTRESC", USEFL="Y")
    pages = frame("""
        | USUBJID | AVISIT  | ADT@       |
        | A       | WEEK 8  | 2024-02-26 |
        | A       | WEEK 16 | 2024-04-22 |
        | A       | WEEK 24 | 2024-06-17 |
    """, "XOVR")  # fmt: skip
    tables = {"ADSL": SUBJECTS, "TU": IDENTIFIED[:0], "XOVR": pages, "XTR": rows}
    return parameters("XASM", "DOVR", tables)["DOVR"]


def test_the_figures_of_the_criteria_are_settings() -> None:
    tables = {"ADSL": SUBJECTS, "TU": IDENTIFIED, "XOVR": NO_RESPONSES}
    rows = frame(RESULTS, "XTR").assign(SRCDOM="TR", SRCVAR="TRSTRESC", USEFL="Y")
    step = parameters.__globals__["study"]().adam["XASM"].parameters[0].step
    given = {**step.params, "criteria": {"shrinkage_percent": 70, "node_normal_below": 8}}
    found = run("lesion_responses", SUBJECTS[:1], {**tables, "XTR": rows}, **given)
    assert found.frame["TRGRESP"].tolist()[1:3] == ["SD", "PR"]


@pytest.mark.parametrize(
    ("criteria", "target", "nontarget"),
    [
        # 9.4 mm are a normal node: CR, after which 4 mm seen again are PD
        ({}, ["CR", "PD"], ["CR", "NE"]),
        # 4 mm more than the nadir are no PD of the sum, and 13.4 of 50 mm are PR
        ({"reappearance_is_pd": False}, ["CR", "PR"], ["CR", "NE"]),
        ({"missing_as_ne": False}, ["CR", "PD"], ["CR", "CR"]),
        ({"node_normal_below": 9}, ["PR", "PR"], ["CR", "NE"]),
        ({"node_normal_below": 9.5}, ["CR", "PD"], ["CR", "NE"]),
        ({"node_normal_below": 9, "growth_absolute": 4}, ["PR", "PD"], ["CR", "NE"]),
        ({"node_normal_below": 9, "growth_absolute": 4.1}, ["PR", "PR"], ["CR", "NE"]),
        ({"node_normal_below": 9, "growth_absolute": 4, "growth_percent": 43}, ["PR", "PR"],
         ["CR", "NE"]),
    ],
)  # fmt: skip
def test_each_figure_and_each_choice_of_a_protocol_is_a_setting(
    criteria: dict[str, Any], target: list[str], nontarget: list[str]
) -> None:
    lesions = frame("""
        | USUBJID | TULNKID | TUSTRESC   | NODE |
        | A       | T01     | TARGET     | N    |
        | A       | T02     | TARGET     | Y    |
        | A       | NT01    | NON-TARGET | N    |
        | A       | NT02    | NON-TARGET | N    |
    """, "TU")  # fmt: skip
    rows = frame("""
        | USUBJID | TRGRPID    | TRLNKID | TRTESTCD | TRSTRESC | TRSTRESN# | VISIT     | VISITNUM# | ADT@       | SRCSEQ# |
        | A       | TARGET     | T01     | LDIAM    | 30       | 30        | SCREENING | 1         | 2023-12-20 | 1       |
        | A       | TARGET     | T02     | DIAMETER | 20       | 20        | SCREENING | 1         | 2023-12-20 | 2       |
        | A       | NON-TARGET | NT01    | TUMSTATE | PRESENT  |           | SCREENING | 1         | 2023-12-20 | 3       |
        | A       | NON-TARGET | NT02    | TUMSTATE | PRESENT  |           | SCREENING | 1         | 2023-12-20 | 4       |
        | A       | TARGET     | T01     | LDIAM    | 0        | 0         | WEEK 8    | 108       | 2024-02-26 | 5       |
        | A       | TARGET     | T02     | DIAMETER | 9.4      | 9.4       | WEEK 8    | 108       | 2024-02-26 | 6       |
        | A       | NON-TARGET | NT01    | TUMSTATE | ABSENT   |           | WEEK 8    | 108       | 2024-02-26 | 7       |
        | A       | NON-TARGET | NT02    | TUMSTATE | ABSENT   |           | WEEK 8    | 108       | 2024-02-26 | 8       |
        | A       | TARGET     | T01     | LDIAM    | 4        | 4         | WEEK 16   | 116       | 2024-04-22 | 9       |
        | A       | TARGET     | T02     | DIAMETER | 9.4      | 9.4       | WEEK 16   | 116       | 2024-04-22 | 10      |
        | A       | NON-TARGET | NT01    | TUMSTATE | ABSENT   |           | WEEK 16   | 116       | 2024-04-22 | 11      |
    """, "XTR").assign(SRCDOM="TR", SRCVAR="TRSTRESC", USEFL="Y")  # fmt: skip
    step = parameters.__globals__["study"]().adam["XASM"].parameters[0].step
    given = {**step.params, "criteria": criteria}
    tables = {"ADSL": SUBJECTS, "TU": lesions, "XOVR": NO_RESPONSES, "XTR": rows}
    found = run("lesion_responses", SUBJECTS[:1], tables, **given).frame
    assert found["TRGRESP"].tolist()[1:] == target
    assert found["NTRGRESP"].tolist()[1:] == nontarget


def test_the_deepest_sum_is_the_first_of_the_lowest_within_its_limits() -> None:
    sums = frame("""
        | USUBJID | PARAMCD | SUMFL | PCHG# | SUMDT@     | AVISIT | SUMDOM | SUMSEQ# |
        | A       | DOVR    | Y     |       | 2023-12-20 | 0      | TR     | 1       |
        | A       | DOVR    | Y     | -90   | 2023-12-31 | early  | TR     | 2       |
        | A       | DOVR    | Y     | -30   | 2024-02-26 | 8      | TR     | 3       |
        | A       | DOVR    | Y     | -30   | 2024-04-22 | 16     | TR     | 4       |
        | A       | DOVR    | N     | -50   | 2024-04-23 | 17     | TR     | 5       |
        | A       | DOVR    | Y     | -60   | 2024-06-17 | 24     | TR     | 6       |
        | B       | DOVR    | Y     | 5     | 2024-02-26 | 8      | TR     | 1       |
        | B       | DOVR    | Y     | -10   | 2024-04-22 | 16     | TR     | 2       |
    """, "XASM")  # fmt: skip
    subjects = SUBJECTS.assign(NACTDT=float("nan"), RESECDT=float("nan"))
    subjects.loc[0, "RESECDT"] = frame("| D@ |\n| 2024-06-17 |")["D"][0]
    progressions = frame("""
        | USUBJID | AVALC | ANL01FL | ADT@       |
        | B       | PD    | Y       | 2024-04-21 |
    """, "XOVR")  # fmt: skip
    found = parameters("ADTR", "DPR", {"ADSL": subjects, "XASM": sums, "XOVR": progressions})
    same(
        found["DPR"],
        """
        | USUBJID | AVAL# | PCHG# | ADT@       | AVISIT | SRCDOM | SRCSEQ# |
        | A       | -30   | -30   | 2024-02-26 | 8      | TR     | 3       |
        | B       | 5     | 5     | 2024-02-26 | 8      | TR     | 1       |
        """,
    )
    assert run("extreme_record", subjects, {"XASM": sums[:0]}, dataset="XASM", variable="PCHG",
               date="SUMDT", which="highest").empty  # fmt: skip


def test_the_new_lesions_and_the_sizes_are_operations_of_their_own() -> None:
    step = parameters.__globals__["study"]().adam["XASM"].parameters[0].step
    tables = {
        "TU": IDENTIFIED,
        "XTR": frame(RESULTS, "XTR").assign(SRCDOM="TR", SRCVAR="X", USEFL="Y"),
    }
    given = {name: step.params[name] for name in ("lesions", "results")}
    assert len(run("new_lesions", SUBJECTS, tables, **given)) == 1
    assert len(run("lesion_sizes", SUBJECTS, tables, nodes="only", **given)) == 3


def test_without_any_lesion_there_is_no_record() -> None:
    nothing = derived("\n".join(RESULTS.splitlines()[:2]))
    assert nothing.empty
    no_tables = {"ADSL": SUBJECTS}
    made = parameters("XASM", "DOVR NEWLES LDIAM SAXIS", no_tables)
    assert [len(frame) for frame in made.values()] == [0, 0, 0, 0]
    subjects = SUBJECTS.assign(NACTDT=float("nan"), RESECDT=float("nan"))
    assert parameters("ADTR", "LDIAM SUMDIAM DPR", {"ADSL": subjects})["DPR"].empty


def test_a_visit_without_a_name_is_called_by_its_date() -> None:
    nameless = RESULTS.replace("WEEK 8    | 108 ", "          |     ")
    names = derived(nameless)["AVISIT"].tolist()
    assert names[:2] == ["SCREENING", "2024-02-26"]
