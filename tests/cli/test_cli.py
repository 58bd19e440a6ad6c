"""The commands as a user types them: exit codes, messages, JSON, quiet."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cdisc_hai.cli import main
from tests.build import exports


def run(*words: object):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exports.few(tmp_path_factory.mktemp("cli_raw") / "raw")


@pytest.fixture(scope="module")
def out(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "out"
    result = run("build", "--raw", raw, "--out", folder, "--json")
    assert result.exit_code == 0, result.output
    return folder


def test_build_prints_the_result_as_json(raw, tmp_path):
    result = run("build", "--raw", raw, "--out", tmp_path / "out", "--json")
    told = json.loads(result.stdout)
    assert told["exit_code"] == 0
    assert {"name": "ADSL", "records": 12}.items() <= next(
        d for d in told["datasets"] if d["name"] == "ADSL"
    ).items()


def test_a_build_ends_with_a_table_of_datasets_findings_and_places(raw, tmp_path):
    result = run("sdtm", "build", "--raw", raw, "--out", tmp_path / "sdtm")
    assert result.exit_code == 0
    assert "findings.html" in result.stdout
    tr = len(exports.read_xpt(tmp_path / "sdtm" / "tr.xpt"))
    assert re.search(rf"\bTR +{tr}\b", result.stdout)


def test_quiet_prints_nothing(raw, tmp_path):
    result = run("sdtm", "build", "--raw", raw, "--out", tmp_path / "o", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_adam_builds_from_a_folder_of_transport_files(out, tmp_path):
    result = run("adam", "build", "--sdtm", out / "sdtm", "--out", tmp_path / "adam")
    assert result.exit_code == 0
    assert (tmp_path / "adam" / "adtte.xpt").is_file()


def test_findings_of_severity_error_end_with_14_and_outputs_all_the_same(raw, tmp_path):
    change = exports.setting("resp", "1000245", rsovr="99")
    broken = exports.copy(tmp_path / "raw", change, source=raw)
    result = run("build", "--raw", broken, "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == 14
    assert (tmp_path / "out" / "adam" / "adrs.xpt").is_file()


def test_faulty_specs_end_with_10_and_all_faults_at_once(tmp_path):
    specs = tmp_path / "specs"
    shutil.copytree(exports.SPECS, specs)
    tr = specs / "sdtm" / "tr.yaml"
    text = tr.read_text(encoding="utf-8")
    text = text.replace("op: convert", "op: convrt").replace("codelist: ND", "codelist: NDD")
    tr.write_text(text, encoding="utf-8")
    result = run("build", "--raw", exports.EXAMPLE, "--out", tmp_path / "o", "--specs", specs)
    assert result.exit_code == 10
    assert "no operation 'convrt'; did you mean 'convert'?" in result.stderr
    assert "no codelist 'NDD'; did you mean 'ND'?" in result.stderr
    assert "specs/sdtm/tr.yaml:" in result.stderr
    assert not (tmp_path / "o").exists()


def test_unusable_raw_data_end_with_11(tmp_path):
    raw = exports.copy(tmp_path / "raw")
    (raw / "tl.csv").write_bytes(b"studyid\n\x00bad\xff")
    result = run("build", "--raw", raw, "--out", tmp_path / "out")
    assert result.exit_code == 11
    assert "tl.csv" in result.stderr and "UTF-8" in result.stderr


def test_a_missing_option_is_wrong_use(tmp_path):
    assert run("build", "--out", tmp_path).exit_code == 2


def test_trace_walks_from_a_survival_time_to_lines_of_the_export(out):
    keys = ("USUBJID=HAI-CRLM-12-0001", "PARAMCD=PFS")
    result = run("trace", "--build", out, "adtte", *keys)
    assert result.exit_code == 0
    assert "resp.csv:" in result.stdout
    assert "specs/adam/adtte.yaml:" in result.stdout
    assert "specs/sdtm/rs.yaml:" in result.stdout


def test_trace_gives_json(out):
    result = run("trace", "--build", out, "adrs", "USUBJID=HAI-CRLM-12-0001", "--json")
    assert {record["dataset"] for record in json.loads(result.stdout)} == {"ADRS"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("adtte", "PARAMCD=XYZ"), "no record of ADTTE"),
        (("adtte", "NOSUCH=1"), "has no variable NOSUCH"),
        (("nosuch",), "no dataset NOSUCH"),
        (("adtte", "PARAMCD"), "KEY=VALUE"),
    ],
)
def test_trace_says_what_it_cannot_find(out, words, message):
    result = run("trace", "--build", out, *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_validate_is_clean_on_what_a_build_wrote(out):
    for standard in ("sdtm", "adam"):
        result = run("validate", out / standard)
        assert result.exit_code == 0, result.output


def test_help_answers_without_pandas():
    code = (
        "import sys; from cdisc_hai.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('heavy', [m for m in ('pandas', 'numpy', 'pandera') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=exports.ROOT)
    assert shown.stdout.endswith("heavy []\n")


def test_the_package_runs_as_a_module():
    command = [sys.executable, "-m", "cdisc_hai", "--version"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=exports.ROOT)
    assert shown.stdout.startswith("cdisc-hai, version ")


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (
            OSError(28, "No space left on device", "adsl.xpt"),
            2,
            "adsl.xpt: No space left on device",
        ),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_what_the_system_or_the_user_stops_is_no_internal_fault(
    error: BaseException, code: int, told: str, monkeypatch, tmp_path
):
    def stopped(**_: object) -> None:
        raise error

    monkeypatch.setattr("cdisc_hai.build.build_study", stopped)
    result = run("build", "--raw", exports.EXAMPLE, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (code, told + "\n")


def test_a_reader_that_has_read_enough_ends_a_command_in_silence():
    words = [sys.executable, "-m", "cdisc_hai", "spec", "show", "AE"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown:
        shown.stdout.close()
        assert (shown.stderr.read(), shown.wait()) == (b"", 141)


def test_a_cutoff_that_is_no_date_is_wrong_use(out, tmp_path):
    words = ("adam", "build", "--sdtm", out / "sdtm", "--out", tmp_path / "a")
    result = run(*words, "--cutoff", "31.12.2025")
    assert (result.exit_code, result.stderr) == (
        2,
        "--cutoff '31.12.2025' is not a date as 2025-12-31\n",
    )


@pytest.mark.parametrize("inside", [".", "out"])
def test_outputs_do_not_go_among_what_they_are_made_from(raw, inside):
    result = run("build", "--raw", raw, "--out", raw / inside)
    assert result.exit_code == 2
    assert f"lies in {raw}, which is read; name a folder outside of it" in result.stderr
    assert not (raw / "manifest.json").exists()


def test_an_internal_fault_shows_no_traceback_and_no_values(monkeypatch, tmp_path):
    def broken(**_: object) -> None:
        raise RuntimeError("subject 12-0001 said something")

    monkeypatch.setattr("cdisc_hai.build.build_study", broken)
    result = run("build", "--raw", exports.EXAMPLE, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "internal fault: RuntimeError" in result.stderr
    assert "12-0001" not in result.stderr
