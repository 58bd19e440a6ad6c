"""The manual's examples load, name what there is, and give what the manual says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cdisc_hai.adam import run_adam, sdtm_tables
from cdisc_hai.metadata import load_study
from cdisc_hai.metadata.guided import guide_faults
from cdisc_hai.metadata.spots import read_spots
from cdisc_hai.registry import operations
from tests.adam.small import ADSL, RAW, made, stub
from tests.derive.drawn_dates import day, frame, lines, same

MANUAL = (Path(__file__).parents[2] / "docs" / "adam.md").read_text("utf-8")
MORE = "more of "  # begins the title of an example whose parameters go into another
PILOT_MARK = "# pilot: "
ONCO_MARK = "# onco: "
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)

SDTM = {
    "DM": frame("""
        | STUDYID | USUBJID | DTHDTC |
        | S       | A       |        |
    """),
    "DS": frame("""
        | USUBJID | DSSEQ# | DSDECOD    | DSSTDTC    |
        | A       | 1      | RANDOMIZED | 2024-01-01 |
    """),
    "EX": frame("""
        | USUBJID | EXSEQ# | EXDOSE# | EXSTDTC    | EXENDTC    |
        | A       | 1      | 85      | 2024-01-08 | 2024-01-08 |
    """),
    "TU": frame("""
        | USUBJID | TUSEQ# | TUSTRESC | TULNKID | TULOC | TUDTC      |
        | A       | 1      | TARGET   | T1      | LIVER | 2023-12-20 |
    """),
    "TR": frame("""
        | USUBJID | TRSEQ# | TRLNKID | TRTESTCD | TRSTRESC             | TRSTRESN# | VISIT     | VISITNUM# | TRDTC      |
        | A       | 1      | T1      | LDIAM    | 20                   | 20        | SCREENING | 1         | 2023-12-20 |
        | A       | 2      | T1      | LDIAM    | 16                   | 16        | WEEK 8    | 2         | 2024-02-26 |
        | A       | 3      | T1      | LDIAM    | TOO SMALL TO MEASURE |           | WEEK 16   | 3         | 2024-04-11 |
        | A       | 4      | T1      | LDIAM    | 21.5                 | 21.5      | WEEK 24   | 4         | 2024-06-24 |
    """),
    "CM": frame("""
        | USUBJID | CMSEQ# | CMCAT                        | CMSTDTC    |
        | A       | 1      | ON-STUDY ANTI-CANCER THERAPY | 2024-04-10 |
    """),
    "SV": frame("""
        | USUBJID | SVSEQ# | SVENDTC    |
        | A       | 1      | 2024-07-01 |
    """),
    "RS": frame("""
        | USUBJID | RSSEQ# | RSTESTCD | RSSTAT | RSSTRESC | RSDTC      |
        | A       | 1      | OVRLRESP |        | SD       | 2024-02-26 |
        | A       | 2      | OVRLRESP |        | PD       | 2024-06-25 |
    """),
}


def named(mark: str) -> dict[str, str]:
    """The examples that are whole files of one study, by their names."""
    chosen = [block for block in BLOCKS if block.startswith(mark)]
    return {block.splitlines()[0].removeprefix(mark): block for block in chosen}


def table_after(text: str) -> str:
    """The first table of the manual whose header begins like this, as a drawn one."""
    header, _, *rows = MANUAL[MANUAL.index(text) :].partition("\n\n")[0].splitlines()
    return "\n".join([header, *rows])


def plain(block: str, folder: Path) -> Any:
    path = folder / "block.yaml"
    path.write_text(block, "utf-8")
    faults: list[Any] = []
    read = read_spots(path, "docs/adam.md", faults).plain()
    assert faults == []
    return read


def derivations(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping that names an operation, wherever it stands."""
    if isinstance(value, dict):
        if "op" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from derivations(item)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_of_the_manual_parses_and_names_what_is_registered(
    block: str, tmp_path: Path
) -> None:
    read = plain(block, tmp_path)
    assert read
    for derive in derivations(read):
        operation = operations()[derive["op"]]
        assert derive.keys() - {"op"} <= operation.params.keys(), derive
        needed = {name for name, param in operation.params.items() if param.required}
        given = derive.keys() | ({"moments"} if "moments" in operation.params else set())
        assert needed <= given, derive


def test_the_manual_tells_of_every_derivation_and_each_of_its_parameters() -> None:
    for operation in operations().values():
        if operation.stage in ("column", "records"):
            assert f"**`{operation.name}`**" in MANUAL, operation.name
            for name, param in operation.params.items():
                assert param.kind.startswith("run:") or f"`{name}`" in MANUAL, name


def test_the_studies_of_the_manual_give_the_table_of_the_manual(tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    for name in ("sdtm", "adam"):
        (specs / name).mkdir(parents=True)
    (specs / "raw.yaml").write_text(RAW, "utf-8")
    (specs / "codelists.yaml").write_text("codelists: {}\n", "utf-8")
    for name, table in SDTM.items():
        (specs / "sdtm" / f"{name}.yaml").write_text(stub(name, table), "utf-8")
    own = [b for b in BLOCKS if b.startswith("# ") and not b.startswith((PILOT_MARK, ONCO_MARK))]
    titles = {b: b.splitlines()[0].removeprefix("# ") for b in own}
    files = {t: b for b, t in titles.items() if not t.startswith(MORE)}
    for block in BLOCKS:
        title = titles.get(block, f"{MORE}adam/adtte.yaml")
        if title.startswith(MORE) and "parameters:" in block.splitlines()[:2]:
            whole = plain(files[title.removeprefix(MORE)], tmp_path)
            whole["parameters"].update(plain(block, tmp_path)["parameters"])
            files[title.removeprefix(MORE)] = yaml.safe_dump(whole, sort_keys=False)
    for name, text in files.items():
        (specs / name).write_text(text, "utf-8")

    study = load_study(specs, operations())
    result = run_adam(study, sdtm_tables(SDTM), day("2025-12-31"))
    assert result.findings == []
    told = MANUAL[MANUAL.index("| PARAMCD | ADT | AVAL |") :].partition("\n\n")[0].splitlines()
    rows = lines("\n".join([told[0], *told[2:]]))
    assert len(rows) == 5
    drawn = "\n".join("| " + " | ".join(row.values()) + " |" for row in rows)
    same(
        result.frames["ADTTE"],
        f"""
        | PARAMCD | ADT@ | AVAL# | CNSR# | EVNTDESC |
        | OS | 2024-07-01 | 176 | 1 | ALIVE |
        {drawn}
        """,
    )
    same(
        result.frames["ADTR"],
        """
        | PARAMCD | ADT@       | AVAL# | PCHG# |
        | DPR     | 2024-02-26 | -20   | -20   |
        | SUMDIAM | 2023-12-20 | 20    |       |
        | SUMDIAM | 2024-02-26 | 16    | -20   |
        | SUMDIAM | 2024-04-11 | 5     | -75   |
        | SUMDIAM | 2024-06-24 | 21.5  | 7.5   |
        """,
    )
    assert result.helpers["XASM"].query("PARAMCD == 'DOVR'")["AVALC"].tolist() == [
        "", "SD", "PR", "PD",
    ]  # fmt: skip
    same(
        result.frames["ADRS"],
        """
        | PARAMCD | AVALC | ADT@       | SRCSEQ# |
        | BOR     | SD    | 2024-02-26 | 1       |
        | DEATH   | N     |            |         |
        | LSTA    | PD    | 2024-06-25 | 2       |
        | MBOR    | SD    | 2024-02-26 | 1       |
        | OVR     | SD    | 2024-02-26 | 1       |
        | OVR     | PD    | 2024-06-25 | 2       |
        | PD      | Y     | 2024-06-25 | 2       |
        | RSP     | N     |            |         |
        """,
    )


PILOT = {
    "DM": frame("""
        | STUDYID | USUBJID | ARMCD    | ARM            | AGE# | RFENDTC    |
        | P       | 01-1    | Pbo      | Placebo        | 64   | 2014-07-02 |
        | P       | 01-2    | Act      | Active         | 81   | 2014-03-15 |
        | P       | 01-3    | Scrnfail | Screen Failure | 70   |            |
    """),
    "SV": frame("""
        | USUBJID | VISITNUM# | SVSTDTC    |
        | 01-1    | 1         | 2013-12-26 |
        | 01-1    | 3         | 2014-01-02 |
        | 01-2    | 3         | 2014-01-05 |
    """),
    "VS": frame("""
        | USUBJID | VSTESTCD | VISITNUM# | VSSTRESN# |
        | 01-1    | HEIGHT   | 1         | 147.32    |
        | 01-1    | WEIGHT   | 3         | 54.43     |
        | 01-2    | HEIGHT   | 1         | 180       |
    """),
    "QS": frame("""
        | USUBJID | QSSEQ# | QSCAT             | QSTESTCD | QSSTRESN# | VISITNUM# | QSDTC      |
        | 01-1    | 1      | MINI-MENTAL STATE | MMITM01  | 5         | 1         | 2013-12-26 |
        | 01-1    | 2      | MINI-MENTAL STATE | MMITM02  | 18        | 1         | 2013-12-26 |
        | 01-1    | 3      | ADAS              | ACTOT    | 20        | 3         | 2014-01-02 |
        | 01-1    | 4      | ADAS              | ACTOT    | 24        | 8         | 2014-02-20 |
        | 01-1    | 5      | ADAS              | ACTOT    | 25        | 8.1       | 2014-02-28 |
        | 01-1    | 6      | ADAS              | ACTOT    | 30        | 12        | 2014-06-18 |
        | 01-2    | 1      | ADAS              | ACTOT    | 10        | 3         | 2014-01-05 |
        | 01-2    | 2      | ADAS              | ACTOT    | 12        | 8         | 2014-02-28 |
    """),
    "LB": frame("""
        | USUBJID | LBSEQ# | LBCAT     | LBTESTCD | LBTEST  | LBSTRESN# | LBSTRESU | LBSTNRLO# | LBSTNRHI# | VISIT       | LBDTC      |
        | 01-1    | 1      | CHEMISTRY | ALT      | Alanine | 30        | U/L      | 6         | 34        | SCREENING 1 | 2013-12-26 |
        | 01-1    | 2      | CHEMISTRY | ALT      | Alanine | 60        | U/L      | 6         | 34        | WEEK 2      | 2014-01-16 |
        | 01-1    | 3      | CHEMISTRY | ALT      | Alanine | 20        | U/L      | 6         | 34        | WEEK 24     | 2014-06-18 |
        | 01-2    | 1      | CHEMISTRY | ALT      | Alanine | 50        | U/L      | 6         | 34        | SCREENING 1 | 2013-12-20 |
    """),
    "AE": frame("""
        | USUBJID | AESEQ# | AEDECOD                   | AEBODSYS                               | AESTDTC    |
        | 01-1    | 1      | APPLICATION SITE PRURITUS | GENERAL DISORDERS                      | 2014-01-03 |
        | 01-1    | 2      | COLD SWEAT                | SKIN AND SUBCUTANEOUS TISSUE DISORDERS | 2014-01    |
        | 01-1    | 3      | RASH                      | SKIN AND SUBCUTANEOUS TISSUE DISORDERS | 2013-12-30 |
        | 01-2    | 1      | FALL                      | INJURY                                 | 2014-02    |
    """),
}


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The second worked study, run on SDTM that has no specs here."""
    specs = tmp_path_factory.mktemp("pilot") / "specs"
    (specs / "adam").mkdir(parents=True)
    for name, text in named(PILOT_MARK).items():
        (specs / name).write_text(text, "utf-8")
    return run_adam(load_study(specs, operations()), sdtm_tables(PILOT), day("2014-12-31"))


def test_the_second_study_of_the_manual_has_the_laboratory_of_its_table(pilot: Any) -> None:
    drawn = table_after("| USUBJID | PARAMCD | AVISIT | AVISITN |")
    header, *rows = drawn.splitlines()
    for name in ("AVISITN", "AVAL", "BASE", "CHG"):
        header = header.replace(f"| {name} ", f"| {name}# ")
    same(pilot.frames["ADLBC"], "\n".join([header, *rows]))
    assert set(pilot.frames["ADLBC"]["PARAM"]) == {"Alanine (U/L)"}


def test_the_second_study_of_the_manual_has_the_windows_of_its_table(pilot: Any) -> None:
    header, *rows = table_after("| USUBJID | AVISIT | ADY |").splitlines()
    for name in ("ADY", "AVAL", "CHG", "AWTDIFF"):
        header = header.replace(f"| {name} ", f"| {name}# ")
    same(pilot.frames["ADQSADAS"], "\n".join([header, *rows]))


def test_the_second_study_of_the_manual_has_the_times_of_its_table(pilot: Any) -> None:
    header, *rows = table_after("| USUBJID | PARAMCD | AVAL | CNSR |").splitlines()
    for name in ("AVAL", "CNSR", "SRCSEQ"):
        header = header.replace(f"| {name} ", f"| {name}# ")
    same(pilot.frames["ADTTE"], "\n".join([header, *rows]))


def test_the_second_study_of_the_manual_has_its_subjects_and_events(pilot: Any) -> None:
    same(
        pilot.frames["ADSL"],
        """
        | USUBJID | TRT01PN# | AGEGR1 | SAFFL | EFFFL | BMIBL# | MMSETOT# |
        | 01-1    | 0        | <65    | Y     | Y     | 25.1   | 23       |
        | 01-2    | 54       | >80    | Y     | Y     |        |          |
        """,
    )
    same(
        pilot.frames["ADAE"],
        """
        | USUBJID | AESEQ# | ASTDT@     | ASTDTF | TRTEMFL | CQ01NAM             | AOCC01FL |
        | 01-1    | 3      | 2013-12-30 |        |         | DERMATOLOGIC EVENTS |          |
        | 01-1    | 2      | 2014-01-02 | D      | Y       |                     |          |
        | 01-1    | 1      | 2014-01-03 |        | Y       | DERMATOLOGIC EVENTS | Y        |
        | 01-2    | 1      | 2014-02-01 | D      | Y       |                     |          |
        """,
    )
    assert [f.rule for f in pilot.findings] == ["ADAM-DATE-IMPUTED", "ADAM-DATE-IMPUTED"]


def test_the_example_of_worsening_gives_the_table_beside_it(tmp_path: Path) -> None:
    text = MANUAL[MANUAL.index("### Emergent by worsening") :]
    spec = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[0]
    told = table_after("| USUBJID | AESEQ | AEDECOD | ASTDT | AESEV | WORSTN |")
    told = told.replace(" AESEQ ", " AESEQ# ", 1).replace(" ASTDT ", " ASTDT@ ", 1)
    told = told.replace(" WORSTN ", " WORSTN# ", 1)
    dates = "".join(
        f"  - {{name: {name}, label: {name}, type: sas_date, derive: {{op: day_of, source: DM.{iso}}}}}\n"
        for name, iso in (("TRTSDT", "RFXSTDTC"), ("TRTEDT", "RFXENDTC"))
    )
    sdtm = {
        "DM": frame("""
            | USUBJID | RFXSTDTC   | RFXENDTC   |
            | 01-1    | 2014-01-05 | 2014-03-01 |
        """),
        "AE": frame("""
            | USUBJID | AESEQ# | AEDECOD | AESTDTC    | AESEV    |
            | 01-1    | 1      | NAUSEA  | 2014-01-01 | MILD     |
            | 01-1    | 2      | NAUSEA  | 2014-01-10 | MILD     |
            | 01-1    | 3      | NAUSEA  | 2014-01-20 | SEVERE   |
            | 01-1    | 4      | NAUSEA  | 2014-02-01 | MODERATE |
            | 01-1    | 5      | RASH    | 2014-02-02 | MILD     |
            | 01-1    | 6      | RASH    | 2014-06-01 | SEVERE   |
        """),
    }
    result = made(tmp_path, sdtm, ADSL + dates, spec)
    assert result.findings == []
    same(result.frames["ADAE"], told)


ONCO = {
    "DM": frame("""
        | STUDYID | USUBJID | SUBJID | SITEID | AGE# | AGEU  | SEX | RACE  | ARM     | DTHDTC     |
        | O       | 01-1    | 1      | 01     | 60   | YEARS | F   | WHITE | Active  |            |
        | O       | 01-2    | 2      | 01     | 61   | YEARS | M   | WHITE | Placebo | 2024-04-10 |
        | O       | 01-3    | 3      | 01     | 62   | YEARS | M   | ASIAN | Active  |            |
        | O       | 01-4    | 4      | 01     | 63   | YEARS | F   | WHITE |         |            |
    """),
    "DS": frame("""
        | USUBJID | DSSEQ# | DSDECOD        | DSSTDTC    |
        | 01-1    | 1      | RANDOMIZED     | 2024-01-01 |
        | 01-2    | 1      | RANDOMIZED     | 2024-01-01 |
        | 01-3    | 1      | RANDOMIZED     | 2024-01-01 |
        | 01-4    | 1      | SCREEN FAILURE | 2024-01-01 |
    """),
    "RS": frame("""
        | DOMAIN | USUBJID | RSSEQ# | RSTESTCD | RSEVAL               | RSSTRESC | VISIT   | RSDTC      |
        | RS     | 01-1    | 1      | OVRLRESP | INVESTIGATOR         | PR       | WEEK 6  | 2024-02-12 |
        | RS     | 01-1    | 2      | OVRLRESP | INVESTIGATOR         | NE       | WEEK 12 | 2024-03-25 |
        | RS     | 01-1    | 3      | OVRLRESP | INVESTIGATOR         | PD       | WEEK 18 | 2024-05-06 |
        | RS     | 01-1    | 4      | OVRLRESP | INDEPENDENT ASSESSOR | CR       | WEEK 6  | 2024-02-12 |
        | RS     | 01-2    | 1      | OVRLRESP | INVESTIGATOR         | SD       | WEEK 6  | 2024-02    |
    """),
    "TU": frame("""
        | USUBJID | TUSEQ# | TUEVAL       | TULNKID | TUSTRESC   | TULOC      |
        | 01-1    | 1      | INVESTIGATOR | T01     | TARGET     | LIVER      |
        | 01-1    | 2      | INVESTIGATOR | T02     | TARGET     | LYMPH NODE |
        | 01-2    | 1      | INVESTIGATOR | NT01    | NON-TARGET | LIVER      |
    """),
    "TR": frame("""
        | USUBJID | TRSEQ# | TREVAL       | TRLNKID | TRTESTCD | TRSTRESN# | VISIT     | TRDTC      |
        | 01-1    | 1      | INVESTIGATOR | T01     | LDIAM    | 30        | SCREENING | 2023-12-28 |
        | 01-1    | 2      | INVESTIGATOR | T02     | LDIAM    | 28        | SCREENING | 2023-12-28 |
        | 01-1    | 3      | INVESTIGATOR | T02     | LPERP    | 20        | SCREENING | 2023-12-28 |
        | 01-1    | 4      | INVESTIGATOR | T01     | LDIAM    | 15        | WEEK 6    | 2024-02-12 |
        | 01-1    | 5      | INVESTIGATOR | T02     | LPERP    | 10        | WEEK 6    | 2024-02-12 |
        | 01-1    | 7      | INVESTIGATOR | T02     | LPERP    | 9         | WEEK 12   | 2024-03-25 |
        | 01-1    | 8      | INVESTIGATOR | T01     | LDIAM    | 30        | WEEK 18   | 2024-05-06 |
        | 01-1    | 9      | INVESTIGATOR | T02     | LPERP    | 12        | WEEK 18   | 2024-05-06 |
    """),
}


@pytest.fixture(scope="module")
def onco(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The third worked study, run on SDTM that has no specs here."""
    specs = tmp_path_factory.mktemp("onco") / "specs"
    (specs / "adam").mkdir(parents=True)
    for name, text in named(ONCO_MARK).items():
        (specs / name).write_text(text, "utf-8")
    return run_adam(load_study(specs, operations()), sdtm_tables(ONCO), day("2024-12-31"))


def test_the_third_study_of_the_manual_has_the_tumours_of_its_table(onco: Any) -> None:
    header, *rows = table_after("| USUBJID | PARAMCD | AVISIT | AVAL |").splitlines()
    for name in ("AVAL", "PCHG", "NADIR", "PCHGNAD"):
        header = header.replace(f"| {name} ", f"| {name}# ")
    same(onco.frames["ADTR"], "\n".join([header, *rows]))


def test_the_third_study_of_the_manual_has_the_times_of_its_table(onco: Any) -> None:
    header, *rows = table_after(
        "| USUBJID | PARAMCD | AVAL | CNSR | EVNTDESC | CNSDTDSC"
    ).splitlines()
    for name in ("AVAL", "CNSR", "SRCSEQ"):
        header = header.replace(f"| {name} ", f"| {name}# ")
    same(onco.frames["ADTTE"], "\n".join([header, *rows]))


def test_the_third_study_of_the_manual_has_its_responses(onco: Any) -> None:
    same(
        onco.frames["ADRS"],
        """
        | USUBJID | ASEQ# | PARAMCD | AVALC   | ADT@       | ADTF | VISIT   |
        | 01-1    | 1     | CBOR    | SD      | 2024-02-12 |      | WEEK 6  |
        | 01-1    | 2     | CCB     | Y       | 2024-02-12 |      | WEEK 6  |
        | 01-1    | 3     | CRSP    | N       |            |      |         |
        | 01-1    | 4     | DEATH   | N       |            |      |         |
        | 01-1    | 5     | LSTA    | PD      | 2024-05-06 |      | WEEK 18 |
        | 01-1    | 6     | MDIS    | Y       |            |      |         |
        | 01-1    | 7     | OVR     | PR      | 2024-02-12 |      | WEEK 6  |
        | 01-1    | 8     | OVR     | NE      | 2024-03-25 |      | WEEK 12 |
        | 01-1    | 9     | OVR     | PD      | 2024-05-06 |      | WEEK 18 |
        | 01-1    | 10    | PD      | Y       | 2024-05-06 |      | WEEK 18 |
        | 01-2    | 1     | CBOR    | SD      | 2024-02-29 | D    | WEEK 6  |
        | 01-2    | 2     | CCB     | Y       | 2024-02-29 | D    | WEEK 6  |
        | 01-2    | 3     | CRSP    | N       |            |      |         |
        | 01-2    | 4     | DEATH   | Y       | 2024-04-10 |      |         |
        | 01-2    | 5     | LSTA    | SD      | 2024-02-29 | D    | WEEK 6  |
        | 01-2    | 6     | MDIS    | N       |            |      |         |
        | 01-2    | 7     | OVR     | SD      | 2024-02-29 | D    | WEEK 6  |
        | 01-2    | 8     | PD      | N       |            |      |         |
        | 01-3    | 1     | CBOR    | MISSING |            |      |         |
        | 01-3    | 2     | CCB     | N       |            |      |         |
        | 01-3    | 3     | CRSP    | N       |            |      |         |
        | 01-3    | 4     | DEATH   | N       |            |      |         |
        | 01-3    | 5     | LSTA    |         |            |      |         |
        | 01-3    | 6     | MDIS    | N       |            |      |         |
        | 01-3    | 7     | PD      | N       |            |      |         |
        """,
    )


def test_the_third_study_of_the_manual_has_what_the_guide_requires(tmp_path: Path) -> None:
    for name, text in named(ONCO_MARK).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert guide_faults(load_study(tmp_path, operations()))[0] == []
