"""The manual's examples load, name what there is, and give what the manual says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cdisc_hai.adam import run_adam, sdtm_tables
from cdisc_hai.metadata import load_study
from cdisc_hai.metadata.spots import read_spots
from cdisc_hai.registry import operations
from tests.adam.small import RAW, stub
from tests.derive.drawn_dates import day, frame, lines, same

MANUAL = (Path(__file__).parents[2] / "docs" / "adam.md").read_text("utf-8")
MORE = "more of "  # begins the title of an example whose parameters go into another
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
    titles = {b: b.splitlines()[0].removeprefix("# ") for b in BLOCKS if b.startswith("# ")}
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
        | OVR     | SD    | 2024-02-26 | 1       |
        | OVR     | PD    | 2024-06-25 | 2       |
        | PD      | Y     | 2024-06-25 | 2       |
        | RSP     | N     |            |         |
        """,
    )
