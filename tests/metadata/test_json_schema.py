"""The JSON Schema of the specs: up to date, true of both studies, and against slips of the pen."""

from __future__ import annotations

import copy
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cdisc_hai.build.spec import schema_texts
from cdisc_hai.build.specs import study_of
from cdisc_hai.cli import main
from cdisc_hai.metadata.keys import CONSTRUCTS
from cdisc_hai.metadata.shapes import Reader
from cdisc_hai.metadata.spots import read_spots
from cdisc_hai.registry import operations
from tests.conftest import TINY_SPECS
from tests.metadata.draft7 import errors
from tests.sdtm.test_long import BOXES, HEAD, LONG, VARIABLES

ROOT = Path(__file__).parents[2]
STUDIES = ("specs", "examples/second/specs")
FOLDER = files("cdisc_hai.metadata").joinpath("schema")
SCHEMAS = {name: json.loads(text) for name, text in schema_texts().items()}
EVERY = [path for study in STUDIES for path in sorted((ROOT / study).rglob("*.yaml"))]


def schema_of(path: Path) -> Any:
    own = f"{path.stem}.schema.json"
    return SCHEMAS.get(own) or SCHEMAS[f"{path.parent.name}.schema.json"]


def plain(path: Path) -> Any:
    faults: list[Any] = []
    read = read_spots(path, path.name, faults).plain()
    assert faults == []
    return read


def told(path: Path, value: Any) -> list[str]:
    return list(errors(value, schema_of(path), schema_of(path)))


def test_the_files_are_what_make_schema_writes() -> None:
    shipped = {p.name: p.read_text("utf-8") for p in FOLDER.iterdir() if p.name != "__init__.py"}
    assert shipped == schema_texts(), "run: make schema"


@pytest.mark.parametrize("path", EVERY, ids=lambda p: "/".join(p.parts[-3:]))
def test_the_specs_of_both_studies_fit(path: Path) -> None:
    assert told(path, plain(path)) == []


def at(value: Any, *path: Any) -> Any:
    for step in path:
        if isinstance(step, str) and isinstance(value, list):
            value = next(item for item in value if item.get("name", item.get("use")) == step)
        else:
            value = value[step]
    return value


@pytest.mark.parametrize(
    ("file", "path", "old", "new"),
    [
        ("study.yaml", (), "visits", "visit"),
        ("study.yaml", ("visits", 0), "name", "nmae"),
        ("study.yaml", ("imputations", "assessment"), "bounds", "bound"),
        ("study.yaml", ("cutoff",), "where", "were"),
        ("raw.yaml", ("columns",), "subject", "patient"),
        ("raw.yaml", ("forms", "dm"), "dates", "date"),
        ("codelists.yaml", ("codelists", "NY"), "extensible", "extensable"),
        ("codelists.yaml", ("codelists", "NY", "terms", "Y"), "code", "codes"),
        ("codelists.yaml", ("recodes", "METHOD"), "codelist", "list"),
        ("sdtm/common.yaml", ("STUDYID",), "label", "lable"),
        ("sdtm/tr.yaml", (), "records", "record"),
        ("sdtm/tr.yaml", ("records", "target"), "form", "forms"),
        ("sdtm/tr.yaml", ("variables", "TRTEST"), "codelist", "code_list"),
        ("sdtm/tr.yaml", ("variables", "TRTEST", "map"), "variable", "varaible"),
        ("sdtm/tr.yaml", ("variables", "TRORRES", "map", 0, "cases", 0), "when", "wenn"),
        ("sdtm/tr.yaml", ("variables", "TRGRPID", "map", 0), "for", "records"),
        ("sdtm/tr.yaml", ("checks", 0), "mend", "remedy"),
        ("sdtm/tr.yaml", ("checks", 0, "test"), "source", "sources"),
        ("sdtm/dm.yaml", ("qualifiers", 0), "map", "derive"),
        ("adam/adtte.yaml", (), "parameters", "parameter"),
        ("adam/adtte.yaml", ("moments", "PROGRESSION"), "not_before", "not_befor"),
        ("adam/adtte.yaml", ("parameters", "PFS"), "population", "populations"),
        ("adam/adtte.yaml", ("parameters", "PFS", "derive"), "start", "starts"),
        ("adam/adtte.yaml", ("parameters", "PFS", "derive", "rules", 0), "censor", "cnsr"),
        ("adam/adsl.yaml", ("variables", "USUBJID", "derive"), "source", "sauce"),
    ],
)
def test_a_misspelt_key_does_not_fit(file: str, path: tuple[Any, ...], old: str, new: str) -> None:
    where = ROOT / "specs" / file
    value = copy.deepcopy(plain(where))
    mapping = at(value, *path)
    mapping[new] = mapping.pop(old)
    assert told(where, value) != []


@pytest.mark.parametrize(
    ("file", "path", "key", "wrong"),
    [
        ("study.yaml", (), "format", 2),
        ("sdtm/tr.yaml", ("variables", "TRTEST"), "type", "string"),
        ("sdtm/tr.yaml", ("variables", "TRTEST", "map"), "op", "decodes"),
        ("sdtm/tr.yaml", ("variables", "TRTEST", "map"), "op", "decode_of"),
        ("sdtm/tr.yaml", ("variables", "TRDY", "map"), "reference", "RFSTDTC"),
        ("sdtm/tr.yaml", (), "label", "x" * 41),
        ("sdtm/tr.yaml", (), "submit", "no"),
        ("sdtm/tr.yaml", ("checks", 0), "severity", "fatal"),
        ("sdtm/tr.yaml", ("records", "target"), "dataset", "TU"),
        ("sdtm/tr.yaml", ("records", "target"), "where", {"x": {"is": "there"}}),
        ("sdtm/tr.yaml", ("records", "target"), "where", {"x": {"equals": 1}}),
        ("adam/adtte.yaml", ("moments", "ADEQUATE"), "pick", "latest"),
        ("adam/adsl.yaml", (), "variables", {}),
    ],
)
def test_a_wrong_value_does_not_fit(file: str, path: tuple[Any, ...], key: str, wrong: Any) -> None:
    where = ROOT / "specs" / file
    value = copy.deepcopy(plain(where))
    at(value, *path)[key] = wrong
    assert told(where, value) != []


def test_every_registered_operation_is_in_the_schema_with_its_parameters() -> None:
    stages = {"row": "sdtm", "whole": "sdtm", "check": "adam", "column": "adam", "records": "adam"}
    for operation in operations().values():
        found = SCHEMAS[f"{stages[operation.stage]}.schema.json"]["definitions"]
        own = found[f"op.{operation.name}"]["properties"].keys() - {"op", "for"}
        given = ("run:", "study:", "keys")
        wanted = {n for n, p in operation.params.items() if not p.kind.startswith(given)}
        assert own == wanted, operation.name


CALLED = {
    "explained.yaml": ["explained"],
    "an explanation": ["explanation"],
    "study.yaml": ["study"], "a visit": ["visit"], "imputation": ["imputation"],
    "raw.yaml": ["raw"], "'columns'": ["columns"], "form": ["form"], "'odm'": ["odm"],
    "column": ["odm_column"], "'not_submitted'": ["not_submitted"],
    "'answers'": ["answers"], "'steady'": ["steady"],
    "codelists.yaml": ["codelists"], "codelist": ["codelist"], "term": ["term"],
    "recode": ["recode"], "a dataset": ["sdtm", "adam"], "lowest": ["lowest"],
    "an entry of 'gather'": ["gathered"], "an entry of 'with'": ["beside"], "'first'": ["first"], "records": ["block"], "a variable": ["sdtm_variable", "adam_variable"],
    "variable": ["sdtm_variable", "adam_variable"], "a check": ["check"],
    "parameter": ["parameter"], "rows": ["row_set"], "an entry of 'long'": ["long"], "'checked'": ["checked"],
    "define.yaml": ["define"], "dictionary": ["define_dictionary"],
    "document": ["document"], "a display": ["display"], "a result": ["result"],
    "a dataset of a result": ["selection"], "a reference": ["reference"], "comment": ["remark"],
}  # fmt: skip
KINDS = {
    "text": {"text", "column", "type"},
    "flag": {"flag"},
    "number": {"number"},
    "list": {"["},
    "map": {"@", "{", "map", "where", "$"},
    "any": {"text", "texts", "columns", "roles", "number", "@", "[", "$", "map", "where", "rows"},
}  # what a reader asks for, and the kinds of keys that are read so


def test_the_keys_are_those_that_the_readers_ask_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_specs: Any
) -> None:
    """A key that a reader learns has to be told to editors and people as well."""
    asked: dict[str, dict[str, tuple[str, bool]]] = {}
    original = Reader.get

    def get(self: Reader, key: str, kind: str = "any", *, required: bool = False) -> Any:
        name = (
            self.what
            if re.match(r"'(?!columns)|an entry", self.what)
            else re.sub(r" '.*", "", self.what)
        )
        name = re.sub(r"^('columns').*", r"\1", name)
        before = asked.setdefault(name, {}).get(key)
        told = before[0] if before and before[0] != "any" else kind
        asked[name][key] = (told, required or bool(before and before[1]))
        return original(self, key, kind, required=required)

    monkeypatch.setattr(Reader, "get", get)
    for study in STUDIES:
        study_of(ROOT / study)
    word = "  vs: {dates: [taken], not_submitted: [{where: {result: ''}, reason: empty}]}"
    raw = TINY_SPECS["raw.yaml"].replace("  vs: {dates: [taken]}", word)
    vs = TINY_SPECS["sdtm/vs.yaml"].replace("{form: vs}", "{gather: [{form: vs, start: taken}]}")
    study_of(tiny_specs({"raw.yaml": raw, "sdtm/vs.yaml": vs}))
    for wide in (LONG, BOXES):
        study_of(tiny_specs({"sdtm/vs.yaml": HEAD + wide + VARIABLES}))
    skipped = {"the operation of", "operation", "a file"}  # by the registry; read a second time
    assert asked.keys() - skipped == CALLED.keys()
    constructs = {name: asked[name] for name in CALLED}
    variable = {**constructs.pop("a variable"), **constructs.pop("variable")}
    constructs["variable"] = variable
    for called, keys in constructs.items():
        declared = {k: v for name in CALLED[called] for k, v in CONSTRUCTS[name].items()}
        assert keys.keys() == declared.keys(), called
        for key, (kind, required) in keys.items():
            own = declared[key].kind
            assert own in KINDS[kind] or own[0] in KINDS[kind], (called, key, kind, own)
            if (called, key) not in {("variable", "name"), ("variable", "label")}:
                assert declared[key].required == required, (called, key)


def test_spec_schema_writes_them_to_a_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["spec", "schema", "--out", str(tmp_path / "s")])
    assert result.exit_code == 0
    written = {p.name: p.read_text("utf-8") for p in (tmp_path / "s").iterdir()}
    assert written == schema_texts()
