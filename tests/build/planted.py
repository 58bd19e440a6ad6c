"""Faults planted into a few subjects' records, and where each is to be told.

A fault changes the n-th record of a subject's form, or adds a copy of it under a record number of
its own. The subjects without a fault are those whose results may not change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.build import exports

FAULTY = {
    "12-0001",
    "05-0002",
    "07-0002",
    "05-0001",
    "02-0001",
    "09-0001",
    "01-0001",
    "07-0001",
    "05-0003",
}


@dataclass(frozen=True)
class Fault:
    """One fault: which record, what it says instead, the rule and severity that tell it."""

    name: str
    form: str
    subject: str
    place: int
    values: dict[str, str]
    rule: str
    severity: str = "error"
    copy: str = field(default="", kw_only=True)


LONG = "x" * 10_000_000
FAULTS = (
    Fault("a code of no list", "resp", "12-0001", 0, {"rsovr": "99"}, "RAW-UNKNOWN-CODE"),
    Fault("a response without a date", "resp", "12-0001", 1, {"rsdat": ""}, "RS-RESPONSE-WITHOUT-DATE"),
    Fault("an assessment without a response", "resp", "05-0001", 0, {"rsovr": ""}, "RS-RESPONSE-WITHOUT-RESULT"),
    Fault("a response that does not apply", "resp", "05-0001", 1, {"rsovr": "8"}, "RS-RESPONSE-NOT-APPLICABLE", "warning"),
    Fault("a response after death", "resp", "07-0002", 0, {"rsdat": "05 NOV 2025"}, "RS-AFTER-DEATH", "warning"),
    Fault("a code that is not mapped", "ae", "12-0001", 0, {"aegrade": "9"}, "MAP-UNMAPPED-CODE"),
    Fault("an impossible date", "ae", "12-0001", 1, {"aestdat": "31 FEB 2025"}, "MAP-IMPOSSIBLE-DATE"),
    Fault("a text for a date", "ae", "12-0001", 2, {"aeendat": "soon"}, "MAP-UNREADABLE-DATE"),
    Fault("a date without year", "ae", "12-0001", 3, {"aeendat": "15 MAR UNK"}, "MAP-DATE-WITHOUT-YEAR"),
    Fault("an event that ends before it starts", "ae", "12-0001", 4,
          {"aestdat": "10 AUG 2025", "aeendat": "01 AUG 2025"}, "AE-END-BEFORE-START", "warning"),
    Fault("an event without a term", "ae", "12-0001", 5, {"aeterm": ""}, "MAP-REQUIRED-EMPTY"),
    Fault("an event that is not coded", "ae", "12-0001", 6, {"aeterm_pt": ""}, "CONTRACT-REQUIRED"),
    Fault("a control character", "ae", "12-0001", 7, {"aeterm": "pain\x07ful"}, "TEXT-CONTROL"),
    Fault("an event without a start", "ae", "12-0001", 8, {"aestdat": ""}, "AE-WITHOUT-START", "warning"),
    Fault("a cell of 10 million characters", "cm", "05-0002", 0, {"cmtrt": LONG}, "XPT-TEXT-LENGTH"),
    Fault("a medication that ends before it starts", "cm", "05-0002", 1,
          {"cmstdat": "10 AUG 2024", "cmendat": "01 AUG 2024", "cmongo": "N"}, "CM-END-BEFORE-START", "warning"),
    Fault("a therapy without month", "pact", "05-0001", 0, {"pastdat": "UN UNK 2024"}, "CM-THERAPY-WITHOUT-MONTH"),
    Fault("a lesion measured and never defined", "tl", "12-0001", 0, {"tlid": "T09"}, "TR-LESION-NOT-DEFINED"),
    Fault("a negative diameter", "tl", "05-0002", 3, {"tldiam": "-18"}, "TR-NEGATIVE-DIAMETER"),
    Fault("a measured lesion without a diameter", "tl", "05-0002", 6, {"tldiam": ""}, "TR-MEASURED-WITHOUT-DIAMETER"),
    Fault("a diameter that is no number", "tl", "05-0002", 10, {"tldiam": "12,5 mm"}, "TR-MEASURED-WITHOUT-DIAMETER"),
    Fault("a lesion without a date", "tl", "05-0002", 12, {"tldat": ""}, "TR-WITHOUT-DATE"),
    Fault("a lesion twice at a visit", "tl", "05-0002", 4, {}, "RAW-TWICE", copy="9000001"),
    Fault("a scan after death", "tl", "07-0002", 0, {"tldat": "01 NOV 2025"}, "TR-AFTER-DEATH", "warning"),
    Fault("a record of nobody", "chemo", "12-0001", 0, {"subjid": "9999"}, "RAW-NO-SUBJECT"),
    Fault("a dose that is no number", "chemo", "12-0001", 1, {"exdosgv": "much"}, "MAP-NOT-A-NUMBER"),
    Fault("a negative dose", "chemo", "12-0001", 2, {"exdosgv": "-10"}, "EC-DOSE-UNKNOWN"),
    Fault("a dose that ends before it starts", "chemo", "12-0001", 3,
          {"exstdtm": "20 JUN 2025 13:56", "exendtm": "20 JUN 2025 12:00"}, "EC-END-BEFORE-START", "warning"),
    Fault("a dose without a date", "chemo", "12-0001", 4, {"exstdtm": "", "exendtm": ""}, "EC-WITHOUT-DATE"),
    Fault("a drug of no list", "chemo", "12-0001", 5, {"exdrug": "99"}, "MAP-REQUIRED-EMPTY"),
    Fault("two arms", "rand", "07-0002", 0, {"randarm": "2"}, "RAW-SECOND-RECORD", copy="9000002"),
    Fault("a partial date of randomisation", "rand", "05-0002", 0, {"randdat": "UN APR 2024"}, "DM-RANDOMISATION-WITHOUT-DAY"),
    Fault("a randomised subject without an arm", "rand", "05-0001", 0, {"randarm": ""}, "DM-RANDOMISED-WITHOUT-ARM"),
    Fault("a result in a strange unit", "lb", "12-0001", 0, {"lborresu": "stones"}, "MAP-UNKNOWN-UNIT"),
    Fault("a result that is no number", "lb", "12-0001", 1, {"lborres": "high"}, "LB-RESULT-NOT-A-NUMBER"),
    Fault("a limit that is no number", "lb", "12-0001", 2, {"lbornrlo": "low"}, "LB-RANGE-NOT-A-NUMBER"),
    Fault("a test of no list", "lb", "12-0001", 3, {"lbtest": "77"}, "MAP-REQUIRED-EMPTY"),
    Fault("a negative result", "lb", "12-0001", 4, {"lborres": "-3"}, "LB-NEGATIVE-RESULT"),
    Fault("a sample without a date", "lb", "12-0001", 5, {"lbdat": ""}, "LB-WITHOUT-DATE"),
    Fault("a visit of no schedule", "vs", "12-0001", 0, {"visit": "CYCLE 99 DAY 1"}, "MAP-UNKNOWN-VISIT"),
    Fault("a vital sign that is no number", "vs", "12-0001", 1, {"pulse": "fast"}, "MAP-NOT-A-NUMBER"),
    Fault("a record twice, word for word", "vs", "12-0001", 2, {}, "RAW-DUPLICATE", "note", copy="same"),
    Fault("a record twice with other content", "vs", "12-0001", 3, {"pulse": "71"}, "RAW-DUPLICATE-DIFFERS", "warning", copy="same"),
    Fault("a record that is inactive", "vs", "12-0001", 4, {"recordactive": "0"}, "RAW-INACTIVE", "note"),
    Fault("a record after the cut-off", "vs", "12-0001", 5, {"visitdat": "01 JAN 2031"}, "RAW-AFTER-CUTOFF", "note"),
    Fault("a measurement without a date", "vs", "12-0001", 6, {"visitdat": ""}, "VS-WITHOUT-DATE"),
    Fault("a weight below zero", "vs", "12-0001", 7, {"weight": "-60"}, "VS-NEGATIVE-RESULT"),
    Fault("a second death", "death", "07-0002", 0, {"dddat": "26 OCT 2025"}, "RAW-SECOND-RECORD", copy="9000003"),
    Fault("a date of death without month", "death", "01-0001", 0, {"dddat": "UN UNK 2023"}, "DM-DEATH-WITHOUT-DATE"),
    Fault("alive after death", "surv", "07-0002", 1, {"svdat": "2025-11-02"}, "SS-AFTER-DEATH", "warning"),
    Fault("a contact without a date", "surv", "02-0001", 0, {"svdat": ""}, "SS-WITHOUT-DATE"),
    Fault("demographics after death", "dm", "07-0002", 0, {"visitdat": "01 NOV 2025"}, "DM-AFTER-DEATH", "warning"),
    Fault("an unknown sex", "dm", "02-0001", 0, {"sex": "9"}, "CONTRACT-REQUIRED"),
    Fault("a country that is not there", "dm", "05-0001", 0, {"country": ""}, "CONTRACT-REQUIRED"),
    Fault("a birth after the consent", "dm", "12-0001", 0, {"brthdat": "01 JUL 2025"}, "DATE-ORDER"),
    Fault("criteria after death", "ie", "07-0002", 0, {"visitdat": "01 NOV 2025"}, "VISIT-AFTER-DEATH", "warning"),
    Fault("a criterion of no list", "ie", "02-0001", 0, {"ieyn": "N", "iecat": "1", "ienum": "99"}, "MAP-UNMAPPED-CODE"),
    Fault("a diagnosis form after death", "diag", "07-0002", 0, {"visitdat": "01 NOV 2025"}, "VISIT-AFTER-DEATH", "warning"),
    Fault("a diagnosis form of an impossible day", "diag", "02-0001", 0, {"visitdat": "32 NOV 2023"}, "MAP-IMPOSSIBLE-DATE"),
    Fault("an end of treatment for no known reason", "eot", "02-0001", 0, {"etreas": "77"}, "RAW-UNKNOWN-CODE"),
    Fault("a NED form without a date", "ned", "05-0002", 1, {"nddat": ""}, "RS-RESPONSE-WITHOUT-DATE"),
    Fault("a new lesion without a date", "nl", "12-0001", 0, {"nldat": ""}, "TR-WITHOUT-DATE"),
    Fault("an operation without a date", "surg", "12-0001", 0, {"sudat": ""}, "PR-WITHOUT-DATE"),
    Fault("a record without a number", "lb", "12-0001", 6, {"recordid": ""}, "RAW-NO-RECORD-NUMBER", "warning"),
    Fault("a visit with the number of another", "lb", "12-0001", 7, {"visitnum": "999"}, "MAP-VISIT-NUMBER", "warning"),
    Fault("a test without a result", "lb", "12-0001", 8, {"lborres": ""}, "LB-WITHOUT-RESULT", "warning"),
    Fault("a sample without a visit", "lb", "12-0001", 10, {"visit": "", "visitnum": ""}, "LB-WITHOUT-VISIT", "warning"),
    Fault("limits the wrong way round", "lb", "12-0001", 11, {"lbornrlo": "900", "lbornrhi": "1"}, "RANGE-ORDER"),
    Fault("an absent lesion with a diameter", "tl", "05-0002", 5,
          {"tldiam": "12", "tldiamu": "mm"}, "TR-STATUS-AGAINST-DIAMETER"),
    Fault("a lesion without its status", "tl", "07-0002", 1, {"tlstat": ""}, "TR-WITHOUT-STATUS"),
    Fault("a result of no lesion", "tl", "07-0002", 2, {"tlid": ""}, "TR-WITHOUT-LESION"),
    Fault("a dose after the end of treatment", "chemo", "05-0001", 0,
          {"exstdtm": "20 DEC 2023 10:00", "exendtm": "20 DEC 2023 11:00"}, "EC-AFTER-END-OF-TREATMENT", "warning"),
    Fault("a dose before the randomisation", "chemo", "05-0001", 1,
          {"exstdtm": "20 AUG 2023 10:00", "exendtm": "20 AUG 2023 11:00"}, "EC-BEFORE-RANDOMISATION", "warning"),
    Fault("a randomisation before the consent", "rand", "07-0001", 0, {"randdat": "2022-01-01"}, "DM-RANDOMISED-BEFORE-CONSENT"),
    Fault("a randomisation number twice", "rand", "05-0003", 0, {"randno": "R00004"}, "DM-RANDOMISATION-NUMBER-TWICE"),
    Fault("a child", "dm", "05-0003", 0, {"brthdat": "01 JAN 2012"}, "DM-TOO-YOUNG", "warning"),
    Fault("criteria not met, and none named", "ie", "05-0003", 0, {"ieyn": "N"}, "IE-NOT-MET-WITHOUT-CRITERION"),
    Fault("ended by a death of which no form tells", "eos", "09-0001", 0, {"esreas": "2"}, "DEATH-AGREES"),
    Fault("ongoing, and ended", "ae", "12-0001", 9, {"aeongo": "Y", "aeendat": "28 NOV 2025"}, "END-ONGOING"),
    Fault("fatal for a living subject", "ae", "12-0001", 10, {"aeout": "5", "aesdth": "Y"}, "AE-FATAL"),
    Fault("a decode of another code", "resp", "05-0002", 5, {"rsovr_dec": "PD"}, "RAW-DECODE-DIFFERS"),
    Fault("a height in metres", "vs", "05-0002", 4, {"height": "1.66"}, "VS-IMPLAUSIBLE", "warning"),
    Fault("a weight of ten times", "vs", "05-0002", 1, {"weight": "512"}, "VS-IMPLAUSIBLE", "warning"),
    Fault("a temperature in Fahrenheit", "vs", "05-0002", 2, {"temp": "98.2"}, "VS-IMPLAUSIBLE", "warning"),
    Fault("a weight unlike the others", "vs", "05-0002", 3, {"weight": "82.0"}, "VS-UNLIKE-USUAL", "warning"),
    Fault("a question left open", "vs", "05-0002", 6, {"pulse": ""}, "RAW-NO-ANSWER", "warning"),
    Fault("a diastolic pressure above the systolic", "vs", "05-0002", 7,
          {"sysbp": "80", "diabp": "120"}, "RAW-ANSWERS-DISAGREE", "warning"),
    Fault("a visit a year too early", "vs", "05-0002", 12, {"visitdat": "23 JUL 2023"}, "SV-VISIT-OUT-OF-ORDER", "warning"),
    Fault("a visit of four months", "vs", "05-0002", 0, {"visitdat": "13 DEC 2024"}, "SV-VISIT-TOO-LONG", "warning"),
    Fault("a sample of the year 1024", "lb", "05-0002", 1, {"lbdat": "1024-05-28"}, "RAW-DATE-TOO-EARLY", "warning"),
    Fault("a sample before the birth", "lb", "05-0002", 2, {"lbdat": "1924-06-11"}, "DATE-BEFORE-BIRTH"),
    Fault("an event that ends in 2204", "ae", "05-0002", 0, {"aeendat": "15 SEP 2204"}, "RAW-DATE-TOO-LATE", "warning"),
    Fault("an event before the consent", "ae", "05-0002", 1, {"aestdat": "14 AUG 2023"}, "AE-BEFORE-CONSENT", "warning"),
    Fault("saved before it happened", "lb", "05-0002", 3, {"lastupdated": "2019-01-01T08:00:00"}, "RAW-DATE-AFTER-SAVING", "warning"),
    Fault("a sample before the consent", "lb", "05-0002", 0, {"lbdat": "2023-03-13"}, "LB-BEFORE-CONSENT", "warning"),
    Fault("a result of another unit", "lb", "05-0002", 8, {"lborresu": "g/L"}, "LB-IMPLAUSIBLE", "warning"),
    Fault("limits of another unit", "lb", "05-0002", 13, {"lbornrhi": "150"}, "LB-RANGE-IMPLAUSIBLE", "warning"),
    Fault("a lesion of five metres", "tl", "12-0001", 2, {"tldiam": "5000"}, "TR-IMPLAUSIBLE", "warning"),
    Fault("a lesion that moves to the lung", "tl", "12-0001", 6, {"tlorg": "2", "tlorg_dec": "Lung"}, "RAW-VALUE-CHANGES", "warning"),
    Fault("a target too small at screening", "tl", "12-0001", 5, {"tldiam": "6"}, "TR-BASELINE-TOO-SMALL", "warning"),
    Fault("a drug by another route than before", "chemo", "05-0002", 0,
          {"exroute": "1", "exroute_dec": "Hepatic artery"}, "RAW-VALUE-CHANGES", "warning"),
    Fault("treated by the route of the other arm", "dm", "05-0002", 0, {}, "DM-OTHER-ARM-GIVEN", "warning"),
    Fault("a dose of ten times", "chemo", "05-0002", 4, {"exdosgv": "3120"}, "EC-DOSE-UNLIKE-USUAL", "warning"),
    Fault("a body surface of 15 m2", "chemo", "05-0002", 8, {"exbsa": "15.6"}, "EC-SURFACE-IMPLAUSIBLE", "warning"),
    Fault("an infusion of a month", "chemo", "05-0002", 9, {"exendtm": "11 JUL 2024 15:57"}, "EC-INFUSION-TOO-LONG", "warning"),
    Fault("a dose changed without a reason", "chemo", "05-0002", 5, {"exmodrs": "", "exmodrs_dec": ""}, "RAW-NO-ANSWER", "warning"),
    Fault("a reason for a dose that was not changed", "chemo", "05-0002", 7, {"exmod": "N", "exmod_dec": "No"}, "RAW-ANSWERS-DISAGREE", "warning"),
    Fault("a cycle on the page of another", "chemo", "05-0002", 12, {"excyc": "9"}, "EC-CYCLE-OF-OTHER-VISIT", "warning"),
    Fault("a stratum of fewer metastases", "rand", "12-0001", 0, {"strat": "<=5 lesions, bevacizumab"}, "DM-STRATUM-METASTASES", "warning"),
    Fault("a response far from its scans", "resp", "05-0002", 6, {"rsdat": "15 DEC 2024"}, "RS-DATE-WITHOUT-SCAN", "warning"),
    Fault("a pathology report before the operation", "surg", "05-0002", 0, {"supadat": "09 JAN 2025"}, "PR-PATHOLOGY-DATE", "warning"),
    Fault("a death without a cause", "death", "01-0001", 0, {"ddcause": "", "ddcause_dec": ""}, "DM-DEATH-WITHOUT-CAUSE", "warning"),
    Fault("an active flag that is empty", "ecog", "05-0002", 1, {"recordactive": ""}, "RAW-ACTIVE-UNKNOWN", "warning"),
    Fault("a consent without a date", "ic", "09-0001", 0, {"icdat": ""}, "DS-WITHOUT-DATE"),
)  # fmt: skip


def plant(few_raw: Path, target: Path) -> dict[str, str]:
    """A copy of an export with every fault, and the line of each by its name."""
    places: dict[str, str] = {}

    def change(form: str, rows: list[exports.Row]) -> list[exports.Row]:
        mine = [fault for fault in FAULTS if fault.form == form]
        if not mine:
            return rows
        added: list[exports.Row] = []
        own: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            own.setdefault(f"{row['siteid']}-{row['subjid']}", []).append(number)
        for fault in mine:
            number = own[fault.subject][fault.place]
            if fault.copy:
                record = rows[number]["recordid"] if fault.copy == "same" else fault.copy
                added.append({**rows[number], **fault.values, "recordid": record})
                number = len(rows) + len(added) - 1
            else:
                rows[number] = {**rows[number], **fault.values}
            places[fault.name] = f"{form}.csv:{number + 2}"
        return [*rows, *added]

    exports.copy(target, change, source=few_raw)
    return places
