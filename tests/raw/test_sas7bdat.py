"""Real sas7bdat files. ReadStat's writer made those in sas/ (tools/make_sas7bdat.py): kinds has
each way in which SAS holds a value, the others the first subjects of the example's export; ae is
in GB18030, the rest in UTF-8 with compressed rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdisc_hai.errors import RawError
from cdisc_hai.raw.sas_file import read_sas

FILES = Path(__file__).parent / "sas"
ENCODING_AT = 70  # the byte of the header that names the encoding: 20 UTF-8, 62 Windows-1252


def _said_to_be(code: int, tmp_path: Path, name: str = "ae") -> Path:
    data = bytearray((FILES / f"{name}.sas7bdat").read_bytes())
    data[ENCODING_AT] = code
    path = tmp_path / f"{name}.sas7bdat"
    path.write_bytes(data)
    return path


def test_each_kind_of_value_is_told_as_typed() -> None:
    frame = read_sas(FILES / "kinds.sas7bdat").frame
    assert {name: list(frame[name]) for name in frame} == {
        "ID": ["0007", "0012", "1234"],
        "DAY": ["2024-03-01", "", "1959-12-31"],
        "SHORT": ["2024-03-01", ".U", ""],
        "MOMENT": ["2024-03-01T09:05:07", "", "2024-03-01"],
        "AMPM": ["2024-03-01T09:05", "", "1960-01-01"],
        "CLOCK": ["09:05", "00:00", ""],
        "OWN": ["1", "2", ""],
        "FIGURE": ["0.1", ".A", "._"],
        "WORDS": ["x" * 5000, "肝转移" * 300, "前后"],
    }


def test_chinese_text_is_read_in_the_encoding_that_the_file_names() -> None:
    table = read_sas(FILES / "ae.sas7bdat")
    assert "腹泻" in set(table.frame["aeterm"])
    assert table.notes == ()


def test_a_file_that_names_another_encoding_than_it_has_stops(tmp_path: Path) -> None:
    path = _said_to_be(20, tmp_path)
    with pytest.raises(RawError, match=r"ae\.sas7bdat: .*say in raw\.yaml in which 'encoding'"):
        read_sas(path)
    assert "腹泻" in set(read_sas(path, "gb18030").frame["aeterm"])


def test_chinese_text_that_is_said_to_be_western_is_told(tmp_path: Path) -> None:
    path = _said_to_be(62, tmp_path)
    (note,) = read_sas(path).notes
    assert (note.rule, note.sources) == ("RAW-ENCODING", ("ae.sas7bdat:1",))
    assert "look like Chinese of GB18030" in note.message
    told = read_sas(path, "gb18030")
    assert (told.notes, "腹泻" in set(told.frame["aeterm"])) == ((), True)


def test_an_encoding_that_nobody_knows_stops(tmp_path: Path) -> None:
    with pytest.raises(RawError, match=r"say in raw\.yaml in which 'encoding'"):
        read_sas(FILES / "ae.sas7bdat", "martian")


@pytest.mark.parametrize("name", ["kinds", "vs", "ae"])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.75, 0.9999])
def test_a_file_that_was_cut_off_gives_no_part_of_its_rows(
    tmp_path: Path, name: str, share: float
) -> None:
    data = (FILES / f"{name}.sas7bdat").read_bytes()
    path = tmp_path / "cut.sas7bdat"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(RawError, match=r"cut\.sas7bdat: cannot be read .*was cut off on its way"):
        read_sas(path)
