"""Time to event: the rules of the study's own ADTTE spec on drawn patients, and its errors.

PFS patients are randomised on 2024-01-01; what happens to them is drawn in days from there:
``SD+56`` is an SD on 2024-02-26, therapy 100 a new therapy on 2024-04-10.
"""

import math
from typing import Any

import pandas as pd
import pytest

from cdisc_hai.adam.arguments import Context, records_call
from cdisc_hai.adam.tables import SdtmTables
from cdisc_hai.errors import DerivationError
from cdisc_hai.metadata import Step
from tests.derive.calls import parameters, run, study
from tests.derive.drawn_dates import after, assessments, day, frame, iso, lines, same

RANDOMISED = "2024-01-01"
TITLES = ("ADT", "AVAL", "CNSR", "EVNTDESC", "CNSDTDSC", "SRCDOM", "SRCVAR", "SRCSEQ")

PFS = lines("""
    | it is true that                                                   | lesion | seen              | therapy | death | ADT        | AVAL | CNSR | EVNTDESC | CNSDTDSC | SRCDOM | SRCVAR   | SRCSEQ |
    | a progression seen in time is the event                           | Y      | SD+56 PD+112      |         |       | 2024-04-22 | 113  | 0    | PD       |          | RS     | RSSTRESC | 2      |
    | the first of two progressions is the event                        | Y      | PD+56 PD+112      |         |       | 2024-02-26 | 57   | 0    | PD       |          | RS     | RSSTRESC | 1      |
    | a death seen in time is the event                                 | Y      | SD+56             |         | 100   | 2024-04-10 | 101  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | a progression on the day of randomisation is an event             | Y      | PD+0              |         |       | 2024-01-01 | 1    | 0    | PD       |          | RS     | RSSTRESC | 1      |
    | without lesion at baseline it ends at randomisation               | N      | SD+56 SD+112      |         |       | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | without lesion at baseline even a progression is none             | N      | SD+56 PD+112      |         |       | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | without lesion at baseline a new therapy changes nothing          | N      | SD+56             | 70      |       | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | without assessment it ends at randomisation                       | Y      |                   |         |       | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | an NE is no adequate assessment                                   | Y      | NE+56 NE+112      |         |       | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | an assessment before randomisation is no adequate one             | Y      | SD-3              |         |       | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | without assessment a death on day 112 is the event                | Y      |                   |         | 112   | 2024-04-22 | 113  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | without assessment a death on day 113 is none                     | Y      |                   |         | 113   | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | without lesion at baseline a death on day 112 is the event        | N      | SD+56             |         | 112   | 2024-04-22 | 113  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | without lesion at baseline a death on day 113 is none             | N      | SD+56             |         | 113   | 2024-01-01 | 1    | 1    | NOTHING  | RANDOM   | ADSL   | RANDDT   |        |
    | with NE alone a death on day 112 is the event                     | Y      | NE+56             |         | 112   | 2024-04-22 | 113  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | a new therapy before the progression ends it                      | Y      | SD+56 PD+112      | 111     |       | 2024-02-26 | 57   | 2    | THERAPY  | LAST     | RS     | RSSTRESC | 1      |
    | a new therapy on the day of the progression does not              | Y      | SD+56 PD+112      | 112     |       | 2024-04-22 | 113  | 0    | PD       |          | RS     | RSSTRESC | 2      |
    | a new therapy after the progression does not                      | Y      | SD+56 PD+112      | 113     |       | 2024-04-22 | 113  | 0    | PD       |          | RS     | RSSTRESC | 2      |
    | a new therapy on the day of death does not                        | Y      | SD+56             | 100     | 100   | 2024-04-10 | 101  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | a new therapy without event ends it at the last one on or before  | Y      | SD+56 SD+112 SD+168 | 112   |       | 2024-04-22 | 113  | 2    | THERAPY  | LAST     | RS     | RSSTRESC | 2      |
    | a new therapy before any assessment ends it at randomisation      | Y      | SD+56             | 20      |       | 2024-01-01 | 1    | 2    | THERAPY  | RANDOM   | ADSL   | RANDDT   |        |
    | an NE before the new therapy is passed over                       | Y      | SD+56 NE+112      | 120     |       | 2024-02-26 | 57   | 2    | THERAPY  | LAST     | RS     | RSSTRESC | 1      |
    | a new therapy goes before missed assessments                      | Y      | SD+56 PD+200      | 100     |       | 2024-02-26 | 57   | 2    | THERAPY  | LAST     | RS     | RSSTRESC | 1      |
    | a progression 119 days after the last one is the event            | Y      | SD+56 PD+175      |         |       | 2024-06-24 | 176  | 0    | PD       |          | RS     | RSSTRESC | 2      |
    | a progression 120 days after the last one is none                 | Y      | SD+56 PD+176      |         |       | 2024-02-26 | 57   | 3    | MISSED   | LAST     | RS     | RSSTRESC | 1      |
    | a progression 119 days after randomisation is the event           | Y      | PD+119            |         |       | 2024-04-29 | 120  | 0    | PD       |          | RS     | RSSTRESC | 1      |
    | a progression 120 days after randomisation is none                | Y      | PD+120            |         |       | 2024-01-01 | 1    | 3    | MISSED   | RANDOM   | ADSL   | RANDDT   |        |
    | a death 119 days after the last one is the event                  | Y      | SD+56             |         | 175   | 2024-06-24 | 176  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | a death 120 days after the last one is none                       | Y      | SD+56             |         | 176   | 2024-02-26 | 57   | 3    | MISSED   | LAST     | RS     | RSSTRESC | 1      |
    | an NE between does not count as seen                              | Y      | SD+56 NE+112 PD+176 |       |       | 2024-02-26 | 57   | 3    | MISSED   | LAST     | RS     | RSSTRESC | 1      |
    | an SD between does                                                | Y      | SD+56 SD+112 PD+176 |       |       | 2024-06-25 | 177  | 0    | PD       |          | RS     | RSSTRESC | 3      |
    | NED counts as seen                                                | Y      | NED+112           |         | 200   | 2024-07-19 | 201  | 0    | DEATH    |          | ADSL   | DTHDT    |        |
    | of a progression and a death on one day the progression is it     | Y      | SD+56 PD+112      |         | 112   | 2024-04-22 | 113  | 0    | PD       |          | RS     | RSSTRESC | 2      |
    | a progression before randomisation is no event                    | Y      | PD-3 SD+56        |         |       | 2024-02-26 | 57   | 4    | NO EVENT | LAST     | RS     | RSSTRESC | 2      |
    | without event it ends at the last adequate assessment             | Y      | SD+56 PR+112 NE+168 |       |       | 2024-04-22 | 113  | 4    | NO EVENT | LAST     | RS     | RSSTRESC | 2      |
""")

# What the drawn words stand for, in full.
WORDS = {
    "PD": "PROGRESSIVE DISEASE",
    "NOTHING": "NO BASELINE OR NO ADEQUATE ASSESSMENT",
    "THERAPY": "NEW ANTI-CANCER THERAPY",
    "MISSED": "EVENT AFTER MISSED ASSESSMENTS",
    "RANDOM": "RANDOMIZATION",
    "LAST": "LAST ADEQUATE ASSESSMENT",
}


def named(patients: list[dict[str, str]]) -> pd.DataFrame:
    """One subject a patient, named by what is true of it."""
    drawn = "\n".join(f"| {p['it is true that']} |" for p in patients)
    return frame(f"| USUBJID |\n{drawn}", "ADSL").assign(**{"@wide": True})


def told(record: Any) -> list[str]:
    """A record as its drawn line says it."""
    return [
        iso(record["ADT"]),
        f"{record['AVAL']:g}",
        f"{record['CNSR']:g}",
        record["EVNTDESC"],
        record["CNSDTDSC"],
        record["SRCDOM"],
        record["SRCVAR"],
        "" if math.isnan(record["SRCSEQ"]) else f"{record['SRCSEQ']:g}",
    ]


@pytest.fixture(scope="module")
def pfs() -> dict[str, Any]:
    """The records of all patients, made in one run."""
    subjects = named(PFS).assign(
        FASFL="Y",
        BLLESFL=[p["lesion"] for p in PFS],
        RANDDT=day(RANDOMISED),
        NACTDT=[day(after(RANDOMISED, p["therapy"])) for p in PFS],
        DTHDT=[day(after(RANDOMISED, p["death"])) for p in PFS],
    )
    seen = pd.concat(
        [assessments(p["seen"], RANDOMISED, p["it is true that"]) for p in PFS if p["seen"]],
        ignore_index=True,
    ).assign(PARAMCD="OVR")
    made = parameters("ADTTE", "PFS", {"ADSL": subjects, "ADRS": seen})["PFS"]
    return {record["USUBJID"]: record for record in made.to_dict("records")}


@pytest.mark.parametrize("patient", PFS, ids=lambda patient: patient["it is true that"])
def test_progression_free_survival_is_as_drawn(patient: dict[str, str], pfs: Any) -> None:
    record = pfs[patient["it is true that"]]
    assert told(record) == [WORDS.get(patient[title], patient[title]) for title in TITLES]
    assert record["STARTDT"] == day(RANDOMISED)


def test_only_flagged_overall_responses_enter_progression_free_survival() -> None:
    subjects = frame("""
        | USUBJID | FASFL | BLLESFL | RANDDT@    | NACTDT@ | DTHDT@ | @ref   |
        | A       | Y     | Y       | 2024-01-01 |         |        | ADSL:1 |
        | B       | N     | Y       |            |         |        | ADSL:2 |
    """).assign(**{"@wide": True})
    seen = assessments("PD+56 SD+56 PD+100 PD+112", RANDOMISED)
    seen = seen.assign(
        ANL01FL=["", "Y", "Y", "Y"], PARAMCD=["OVR", "OVR", "DOVR", "OVR"]
    )  # fmt: skip
    made = parameters("ADTTE", "PFS", {"ADSL": subjects, "ADRS": seen})["PFS"]
    same(
        made,
        """
        | USUBJID | ADT@       | CNSR# | SRCSEQ# | @from                |
        | A       | 2024-04-22 | 0     | 4       | XOVR:4;ADSL:1:RANDDT |
        """,
    )


OS = lines("""
    | it is true that                                   | treated    | death      | alive      | ADT        | AVAL | CNSR | EVNTDESC | CNSDTDSC         | SRCDOM | SRCVAR   | SRCSEQ |
    | a death is the event                              | 2024-01-08 | 2024-03-01 | 2024-02-20 | 2024-03-01 | 54   | 0    | DEATH    |                  | ADSL   | DTHDT    |        |
    | a death on the first day of treatment has 1 day   | 2024-01-08 | 2024-01-08 | 2024-01-08 | 2024-01-08 | 1    | 0    | DEATH    |                  | ADSL   | DTHDT    |        |
    | without death it ends at the last day known alive | 2024-01-08 |            | 2024-05-01 | 2024-05-01 | 115  | 1    | ALIVE    | LAST KNOWN ALIVE | ADSL   | LSTALVDT |        |
    | a patient seen after the cut-off ends there       | 2024-01-08 |            | 2024-07-15 | 2024-06-30 | 175  | 1    | ALIVE    | DATA CUT-OFF     | ADSL   | CUTDT    |        |
    | a patient seen on the cut-off was seen alive      | 2024-01-08 |            | 2024-06-30 | 2024-06-30 | 175  | 1    | ALIVE    | LAST KNOWN ALIVE | ADSL   | LSTALVDT |        |
    | a patient never known alive ends at the cut-off   | 2024-01-08 |            |            | 2024-06-30 | 175  | 1    | ALIVE    | DATA CUT-OFF     | ADSL   | CUTDT    |        |
""")


@pytest.fixture(scope="module")
def overall() -> dict[str, Any]:
    """The records of all patients, made in one run."""
    subjects = named(OS).assign(
        SAFFL="Y",
        CUTDT=day("2024-06-30"),
        TRTSDT=[day(p["treated"]) for p in OS],
        DTHDT=[day(p["death"]) for p in OS],
        LSTALVDT=[day(p["alive"]) for p in OS],
    )
    made = parameters("ADTTE", "OS", {"ADSL": subjects})["OS"]
    return {record["USUBJID"]: record for record in made.to_dict("records")}


@pytest.mark.parametrize("patient", OS, ids=lambda patient: patient["it is true that"])
def test_overall_survival_is_as_drawn(patient: dict[str, str], overall: Any) -> None:
    record = overall[patient["it is true that"]]
    assert told(record) == [patient[title] for title in TITLES]


def test_a_patient_outside_the_population_or_without_a_start_has_no_record() -> None:
    subjects = frame("""
        | USUBJID | SAFFL | TRTSDT@    | DTHDT@     | LSTALVDT@  | CUTDT@     |
        | A       | N     | 2024-01-08 | 2024-03-01 | 2024-02-20 | 2024-06-30 |
        | B       | Y     |            | 2024-03-01 | 2024-02-20 | 2024-06-30 |
    """, "ADSL").assign(**{"@wide": True})  # fmt: skip
    assert len(parameters("ADTTE", "OS", {"ADSL": subjects})["OS"]) == 0


def test_an_imputed_date_of_death_is_flagged_in_the_time_to_it() -> None:
    subjects = frame("""
        | USUBJID | SAFFL | TRTSDT@    | DTHDT@     | DTHDTF | @flag.DTHDT | LSTALVDT@  | CUTDT@ |
        | A       | Y     | 2024-01-08 | 2024-03-01 | D      | D           | 2024-02-20 |        |
    """, "ADSL").assign(**{"@wide": True})  # fmt: skip
    made = parameters("ADTTE", "OS", {"ADSL": subjects})["OS"]
    same(
        made,
        """
        | USUBJID | ADT@       | ADTF |
        | A       | 2024-03-01 | D    |
        """,
    )


# --- moments and rules of any protocol

SUBJECTS = frame("""
    | USUBJID | RANDDT@    | DTHDT@     |
    | A       | 2024-01-01 | 2024-03-01 |
    | B       | 2024-01-01 |            |
""", "ADSL").assign(**{"@wide": True})  # fmt: skip
SEEN = frame("""
    | USUBJID | RSSEQ# | RSDTC      |
    | A       | 1      | 2024-02-01 |
    | A       | 2      | 2024-03-01 |
    | B       | 1      | 2023-12-31 |
    | B       | 2      | 2024-01-01 |
    | B       | 3      | 2024-02-01 |
""", "RS")  # fmt: skip
START = {"dataset": "ADSL", "date": "RANDDT"}
DEATH = {"dataset": "ADSL", "date": "DTHDT"}
RS = {"dataset": "RS", "date": "RSDTC"}


def ends(moment: dict[str, Any], **others: Any) -> list[str]:
    """Where a moment falls for subjects A and B."""
    found = run(
        "time_to_event",
        SUBJECTS,
        {"ADSL": SUBJECTS, "RS": SEEN},
        start="START",
        moments={"START": START, "DEATH": DEATH, "ONE": moment, **others},
        rules=[{"date": "ONE", "censor": 1}],
    )
    return [iso(d) for d in found["ADT"]]


def test_a_moment_is_the_first_of_its_records_or_the_last_where_it_says_so() -> None:
    assert ends(RS) == ["2024-02-01", "2023-12-31"]
    assert ends({**RS, "pick": "last"}) == ["2024-03-01", "2024-02-01"]


def test_not_before_and_not_after_take_their_day_in_and_after_and_before_do_not() -> None:
    assert ends({**RS, "not_before": "START"}) == ["2024-02-01", "2024-01-01"]
    assert ends({**RS, "after": "START"}) == ["2024-02-01", "2024-02-01"]
    assert ends({**RS, "pick": "last", "not_after": "DEATH"}) == ["2024-03-01", "2024-02-01"]
    assert ends({**RS, "pick": "last", "before": "DEATH"}) == ["2024-02-01", "2024-02-01"]


def test_a_limit_that_a_subject_does_not_have_lets_nothing_through_from_below() -> None:
    assert ends({**RS, "not_before": "DEATH"}) == ["2024-03-01", ""]
    assert ends({**RS, "after": "DEATH"}) == ["", ""]


def test_a_moment_so_many_days_from_another_is_there_where_the_other_is() -> None:
    assert ends({"from": "DEATH", "plus_days": 31}) == ["2024-04-01", ""]


def test_first_of_and_last_of_pass_over_what_a_subject_does_not_have() -> None:
    assert ends({"first_of": ["DEATH", "START"]}) == ["2024-01-01", "2024-01-01"]
    assert ends({"last_of": ["DEATH", "START"]}) == ["2024-03-01", "2024-01-01"]


def test_limits_of_first_of_and_last_of_bound_each_of_the_moments() -> None:
    found = ends({"first_of": ["START", "DEATH"], "after": "START"})
    assert found == ["2024-03-01", ""]
    assert ends({"last_of": ["START", "DEATH"], "before": "DEATH"}) == ["2024-01-01", "2024-01-01"]


def test_a_limit_of_a_moment_so_many_days_from_another_is_kept() -> None:
    assert ends({"from": "START", "plus_days": 100, "not_after": "DEATH"}) == ["", "2024-04-10"]


def test_any_holds_where_one_of_its_tests_holds_and_several_tests_must_all_hold() -> None:
    found = run(
        "time_to_event",
        SUBJECTS,
        {"ADSL": SUBJECTS, "RS": SEEN},
        start="START",
        moments={"START": START, "DEATH": DEATH, "SEEN": RS},
        rules=[
            {
                "when": [{"any": [{"present": "DEATH"}, {"earlier": ["START", "SEEN"]}]},
                         {"absent": "DEATH"}],
                "date": "START", "censor": 3,
            },
            {"when": [{"any": [{"present": "DEATH"}, {"absent": "SEEN"}]}],
             "date": "DEATH", "censor": 0},
            {"when": [{"earlier": ["SEEN", "START"]}], "date": "SEEN", "censor": 2},
            {"date": "START", "censor": 1},
        ],
    ).sort_values("USUBJID")  # fmt: skip
    same(
        found,
        """
        | USUBJID | ADT@       | CNSR# | AVAL# |
        | A       | 2024-03-01 | 0     | 61    |
        | B       | 2023-12-31 | 2     | 0     |
        """,
    )


# --- errors

AT = "adam/adtte.yaml:12"


def error_of(**params: Any) -> str:
    given: dict[str, Any] = {
        "start": "START",
        "moments": {"START": START, "DEATH": DEATH},
        "rules": [{"date": "START", "censor": 1}],
        **params,
    }
    tables = SdtmTables({"ADSL": SUBJECTS, "RS": SEEN})
    with pytest.raises(DerivationError) as caught:
        records_call(
            Context(study(), tables, float("nan")), Step("time_to_event", given, AT), SUBJECTS, {}
        )
    return str(caught.value)


def test_an_unknown_moment_is_told_with_its_file_and_line() -> None:
    message = error_of(rules=[{"date": "STRAT", "censor": 1}])
    assert message == f"{AT}: time_to_event: moment 'STRAT' is not there, or waits for itself"


def test_an_unknown_moment_in_a_test_is_told_too() -> None:
    rules = [{"when": [{"absent": "DAETH"}], "date": "START", "censor": 1}]
    assert error_of(rules=rules).startswith(f"{AT}: time_to_event: moment 'DAETH'")


def test_a_moment_that_waits_for_itself_is_told() -> None:
    moments = {"START": START, "X": {"first_of": ["Y", "START"]}, "Y": {"from": "X"}}
    message = error_of(moments=moments, rules=[{"date": "X", "censor": 1}])
    assert message == f"{AT}: time_to_event: moment 'X' is not there, or waits for itself"


def test_subjects_for_whom_no_rule_fits_are_told() -> None:
    rules = [{"when": [{"present": "DEATH"}], "date": "DEATH", "censor": 0}]
    assert error_of(rules=rules) == (
        f"{AT}: time_to_event: no rule fits 1 subjects; add one without 'when'"
    )


def test_a_moment_without_dataset_is_told() -> None:
    message = error_of(moments={"START": {"date": "RANDDT"}})
    assert message == f"{AT}: time_to_event reads 'dataset', which is not there"


def test_a_moment_of_a_variable_that_its_dataset_does_not_have_is_told() -> None:
    assert error_of(moments={"START": {"dataset": "ADSL", "date": "RANDT"}}).startswith(f"{AT}: ")


def test_a_subject_variable_that_is_not_there_is_told() -> None:
    params = {"dataset": "RS", "start": "RANDT", "minimum_sd_days": 42, "confirmation_days": 28}
    seen = SEEN.assign(ADT=1.0, AVALC="SD")
    tables = SdtmTables({"ADSL": SUBJECTS, "RS": seen})
    with pytest.raises(DerivationError) as caught:
        records_call(
            Context(study(), tables, float("nan")), Step("best_response", params, AT), SUBJECTS, {}
        )
    assert str(caught.value) == f"{AT}: best_response reads 'RANDT', which is not there"


RFS = lines("""
    | it is true that                                               | flag | r0  | ned | seen           | new      | death | from       | ADT        | AVAL | CNSR | EVNTDESC |
    | it begins with the first of R0 and NED                        | Y    | 100 | 56  | CR+56 SD+112   |          |       | 2024-02-26 | 2024-04-22 | 57   | 1    | NONE     |
    | a progression after it is the event                           | Y    | 100 |     | SD+56 PD+112   |          |       | 2024-04-10 | 2024-04-22 | 13   | 0    | PD       |
    | a progression on its day is none                              | Y    | 112 |     | PD+112 SD+168  |          |       | 2024-04-22 | 2024-06-17 | 57   | 1    | NONE     |
    | a new lesion after it is the event, before any progression    | Y    |     | 56  | CR+56 PD+112   | 100      |       | 2024-02-26 | 2024-04-10 | 45   | 0    | LESION   |
    | of one day the new lesion names it, not the progression       | Y    |     | 56  | CR+56 PD+112   | 112      |       | 2024-02-26 | 2024-04-22 | 57   | 0    | LESION   |
    | a new lesion of its day or before is none                     | Y    |     | 56  | CR+56          | 40 56    |       | 2024-02-26 | 2024-02-26 | 1    | 1    | NONE     |
    | of two new lesions the first after it counts                  | Y    |     | 56  | CR+56          | 40 90 80 |       | 2024-02-26 | 2024-03-21 | 25   | 0    | LESION   |
    | a death without recurrence is the event                       | Y    |     | 56  | CR+56          |          | 200   | 2024-02-26 | 2024-07-19 | 145  | 0    | DEATH    |
    | without event it ends at the last adequate assessment after   | Y    |     | 56  | CR+56 CR+112 NE+168 |     |       | 2024-02-26 | 2024-04-22 | 57   | 1    | NONE     |
    | without assessment after it it ends where it began            | Y    | 100 |     | PR+56          |          |       | 2024-04-10 | 2024-04-10 | 1    | 1    | NONE     |
""")


def test_relapse_free_survival_is_as_drawn() -> None:
    subjects = named(RFS).assign(
        R0NEDFL=[p["flag"] for p in RFS],
        R0DT=[day(after(RANDOMISED, p["r0"])) for p in RFS],
        NEDDT=[day(after(RANDOMISED, p["ned"])) for p in RFS],
        DTHDT=[day(after(RANDOMISED, p["death"])) for p in RFS],
    )
    seen = [assessments(p["seen"], RANDOMISED, p["it is true that"]) for p in RFS]
    new = [
        (p["it is true that"], "NEWLES", day(after(RANDOMISED, one)))
        for p in RFS
        for one in p["new"].split()
    ]
    lesions = pd.DataFrame(new, columns=["USUBJID", "PARAMCD", "ADT"])
    lesions["@ref"] = [f"XASM:{n + 1}" for n in range(len(lesions))]
    tables = {
        "ADSL": subjects,
        "ADRS": pd.concat(seen, ignore_index=True).assign(PARAMCD="OVR"),
        "XASM": lesions,
    }
    made = parameters("ADTTE", "RFS", tables)["RFS"]
    found = {record["USUBJID"]: record for record in made.to_dict("records")}
    words = {"NONE": "NO RECURRENCE", "PD": "PROGRESSIVE DISEASE", "LESION": "NEW LESION"}
    for p in RFS:
        record = found[p["it is true that"]]
        assert [
            iso(record["STARTDT"]), iso(record["ADT"]), f"{record['AVAL']:g}",
            f"{record['CNSR']:g}", record["EVNTDESC"],
        ] == [p["from"], p["ADT"], p["AVAL"], p["CNSR"], words.get(p["EVNTDESC"], p["EVNTDESC"])]  # fmt: skip
