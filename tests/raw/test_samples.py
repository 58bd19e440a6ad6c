"""Real exports of several systems: every file is read, with the rows that were counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.metadata import Layout, OdmLayout
from cdisc_hai.raw.folder import ExportFolder

# rows below the header; in ODM, forms with data of a project, or the records of all its tables
ROWS = {
    "castor/CastorAdverseEvent.csv": 2,
    "castor/CastorComorbidities.csv": 1,
    "castor/CastorMedication.csv": 2,
    "castor/CastorQOLSurvey.csv": 2,
    "castor/CastorStudy.csv": 2,
    "castor/CastorUnscheduledVisit.csv": 1,
    "rave/rwslib_docs_VITAL_clinical_view.csv": 10,
    "rave/rwslib_enrol_data.csv": 11,
    "rave/rwslib_metadata.csv": 224,
    "rave/test_double_byte_chars.xml": 1,
    "redcap/arm-multiple-delete/arm.csv": 3,
    "redcap/arm-multiple-delete/data.csv": 60,
    "redcap/arm-multiple-delete/dictionary.csv": 3,
    "redcap/arm-multiple-delete/event.csv": 3,
    "redcap/arm-multiple-delete/project.xml": 56,
    "redcap/checkboxes-1/data.csv": 4,
    "redcap/checkboxes-1/dictionary.csv": 4,
    "redcap/checkboxes-1/project.xml": 8,
    "redcap/clinical-trial-1/data.csv": 500,
    "redcap/clinical-trial-1/dictionary.csv": 12,
    "redcap/decimal-comma-and-dot/data.csv": 4,
    "redcap/decimal-comma-and-dot/dictionary.csv": 8,
    "redcap/decimal-comma-and-dot/project.xml": 4,
    "redcap/longitudinal/arm.csv": 2,
    "redcap/longitudinal/data.csv": 18,
    "redcap/longitudinal/dictionary.csv": 95,
    "redcap/longitudinal/event.csv": 12,
    "redcap/longitudinal/project.xml": 40,
    "redcap/potentially-problematic-values/data.csv": 2,
    "redcap/potentially-problematic-values/dictionary.csv": 4,
    "redcap/potentially-problematic-values/project.xml": 2,
    "redcap/repeating-instruments-sparse/data.csv": 9,
    "redcap/repeating-instruments-sparse/dictionary.csv": 11,
    "redcap/repeating-instruments-sparse/project.xml": 9,
    "redcap/russian/data.csv": 3,
    "redcap/validation-types-1/data.csv": 1,
    "redcap/validation-types-1/dictionary.csv": 50,
    "redcap/validation-types-1/project.xml": 1,
    "viedoc/DEMO_CF1234_NL_20250120_104838/DEMO_CF1234_NL_20250120_104838_CodeLists.csv": 17,
    "viedoc/DEMO_CF1234_NL_20250120_104838/DEMO_CF1234_NL_20250120_104838_DM.csv": 37,
    "viedoc/DEMO_CF1234_NL_20250120_104838/DEMO_CF1234_NL_20250120_104838_Items.csv": 36,
    "zh_gbk_synthetic/人口学资料_DM.csv": 306,
    "zh_gbk_synthetic/原始数据导出.xlsx": 1191,
}
GDISC = {
    "AE": 4, "CM": 3, "CodeLists": 250, "DA": 12, "DM": 3, "DS_EOT": 3, "EX": 1, "IE": 8,
    "Items": 490, "LBCC": 9, "LBHM": 9, "LBSA": 11, "LBUR": 9, "LB_PREG": 1, "LC": 12, "MH": 7,
    "PE": 11, "PR": 1, "QS_PGA": 11, "VS": 11, "VSTAT": 34,
}  # fmt: skip
PREFIX = "viedoc/DEMO_GDISC_20240903_072908/DEMO_GDISC_20240903_072908_"
ROWS |= {f"{PREFIX}{name}.csv": rows for name, rows in GDISC.items()}


def _folder(samples: Path, name: str) -> ExportFolder:
    path = samples / name
    layout = Layout(header_row=2 if name.startswith("viedoc") else 1)
    return ExportFolder(path.parent, OdmLayout(by_form=name.startswith("redcap")), layout)


@pytest.mark.shared
@pytest.mark.parametrize("name", list(ROWS))
def test_a_sample_is_read_with_all_its_rows(shared: Path, name: str) -> None:
    samples = shared / "kit" / "samples"
    tables = _folder(samples, name).tables(samples / name)
    assert sum(len(table.frame) for table in tables) == ROWS[name]
    sources = [source for table in tables for source in table.sources]
    assert len(sources) == len(set(sources)) == ROWS[name]


@pytest.mark.shared
def test_no_sample_is_left_out(shared: Path) -> None:
    samples = shared / "kit" / "samples"
    found = {
        path.relative_to(samples).as_posix()
        for path in samples.rglob("*")
        if path.is_file() and not path.name.startswith("LICENSE")
    }
    assert found - set(ROWS) == {"rave/car_message.xml"}


@pytest.mark.shared
def test_transactions_of_a_real_system_are_played_to_their_end(shared: Path) -> None:
    """1,113 messages with 744 item groups are 185 records; 177 of them have items at the end."""
    samples = shared / "kit" / "samples"
    tables = _folder(samples, "rave/car_message.xml").tables(samples / "rave" / "car_message.xml")
    assert {table.name: len(table.frame) for table in tables if len(table.frame)} == {
        "DM": 53, "RAND": 5, "EN": 64, "VISIT": 17, "VS": 9, "AE": 5, "AE_LOG_LINE": 8,
        "FORM_PAIN_SI_LOG_LINE": 6, "CM": 2, "CM_LOG_LINE": 2, "MH": 1, "MH_LOG_LINE": 3,
        "INEX": 2,
    }  # fmt: skip
