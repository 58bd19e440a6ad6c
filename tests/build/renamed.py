"""A copy of the example in which every form, column, code, arm and visit has another name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from cdisc_hai.metadata.spots import read_spots
from tests.build import exports

ARMS = {"HAI": "ALPHA", "SYS": "BETA"}


class Names:
    """Old names to new ones, read from the export itself."""

    def __init__(self) -> None:
        items = exports.read(exports.EXAMPLE / "crf.csv")
        forms = sorted({row["form"] for row in items})
        self.forms = {name: f"page{n:02d}" for n, name in enumerate(forms, 1)}
        columns = sorted(
            {
                column
                for form in forms
                for column in exports.read(exports.EXAMPLE / f"{form}.csv")[0]
            }
        )
        self.columns = {name: f"Q{n:03d}" for n, name in enumerate(columns, 1)}
        self.coded = {(row["form"], row["item"]) for row in items if row["codelist"]}
        self.coded_columns = {item for _, item in self.coded}

    def code(self, value: Any) -> Any:
        return f"K{value}" if value not in ("", None) else value

    def condition(self, where: dict[str, Any]) -> dict[str, Any]:
        return {
            self.columns.get(name, name): self._wanted(wanted)
            if name in self.coded_columns
            else wanted
            for name, wanted in where.items()
        }

    def _wanted(self, wanted: Any) -> Any:
        if isinstance(wanted, dict):
            return {
                word: self._wanted(value) if word == "not" else value
                for word, value in wanted.items()
            }
        if isinstance(wanted, list):
            return [self.code(value) for value in wanted]
        return self.code(wanted)


def rename_study(folder: Path) -> dict[str, str]:
    """Write ``folder/raw`` and ``folder/specs``; gives the new name of each arm."""
    names = Names()
    _raw(names, folder / "raw")
    _specs(names, folder / "specs")
    return ARMS


def _raw(names: Names, target: Path) -> None:
    target.mkdir()
    shutil.copy(exports.EXAMPLE / "study.json", target)
    for form, page in names.forms.items():
        rows = []
        for row in exports.read(exports.EXAMPLE / f"{form}.csv"):
            changed = {}
            for column, value in row.items():
                if (form, column) in names.coded:
                    value = names.code(value)
                elif column == "visit" and value:
                    value = f"Z {value}"
                changed[names.columns[column]] = value
            rows.append(changed)
        exports.write(target / f"{page}.csv", rows)
    items = exports.read(exports.EXAMPLE / "crf.csv")
    exports.write(
        target / "crf.csv",
        [
            {**row, "form": names.forms[row["form"]], "item": names.columns[row["item"]]}
            for row in items
        ],
    )
    codes = exports.read(exports.EXAMPLE / "codelists.csv")
    exports.write(
        target / "codelists.csv", [{**row, "code": names.code(row["code"])} for row in codes]
    )


def _specs(names: Names, target: Path) -> None:
    shutil.copytree(exports.SPECS, target)
    for path in sorted(target.rglob("*.yaml")):
        tree = read_spots(path, path.name, []).plain()
        if path.name == "study.yaml":
            tree = _study(tree)
        elif path.name == "codelists.yaml":
            tree = _codelists(names, tree)
        elif path.name == "raw.yaml":
            tree = _raw_spec(names, tree)
        elif path.parent.name == "sdtm":
            tree = _mapping(names, tree)
        text = yaml.safe_dump(_arms(tree), allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")


def _study(tree: dict[str, Any]) -> dict[str, Any]:
    visits = [{**visit, "name": f"Z {visit['name']}"} for visit in tree["visits"]]
    constants = {**tree["constants"], "BASELINE_VISIT": f"Z {tree['constants']['BASELINE_VISIT']}"}
    return {**tree, "visits": visits, "constants": constants}


def _codelists(names: Names, tree: dict[str, Any]) -> dict[str, Any]:
    recodes = {
        name: recode
        if name == "LBUNIT"  # a unit is typed as text, it has no code
        else {**recode, "terms": {names.code(c): t for c, t in recode["terms"].items()}}
        for name, recode in tree["recodes"].items()
    }
    return {**tree, "recodes": recodes}


def _raw_spec(names: Names, tree: dict[str, Any]) -> dict[str, Any]:
    forms = {
        names.forms[form]: {key: _asked(names, value) for key, value in spec.items()}
        for form, spec in tree["forms"].items()
    }
    columns = {role: names.columns[column] for role, column in tree["columns"].items()}
    subjects = names.forms[tree["subjects_form"]]
    return {**tree, "forms": forms, "columns": columns, "subjects_form": subjects}


def _asked(names: Names, value: Any) -> Any:
    """A key of a form: lists of columns, or entries that have lists and conditions of them."""
    if isinstance(value, dict):
        return {
            k: _asked(names, v) if k not in ("where", "must") else _other(names, v)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [names.columns.get(v, v) if isinstance(v, str) else _asked(names, v) for v in value]
    return value


def _other(names: Names, where: dict[str, Any]) -> dict[str, Any]:
    """A condition, with the columns that it compares with."""
    return {
        name: {
            word: names.columns.get(v, v) if isinstance(v, str) else v for word, v in wanted.items()
        }
        if isinstance(wanted, dict) and not {"not", "is"} & set(wanted)
        else wanted
        for name, wanted in names.condition(where).items()
    }


def _mapping(names: Names, tree: Any, key: str = "") -> Any:
    if isinstance(tree, dict):
        if key in ("where", "when"):
            return names.condition(tree)
        if key == "factors" and set(tree) == {"mm", "cm"}:
            return {names.code(unit): factor for unit, factor in tree.items()}
        return {
            (names.columns.get(k, k) if key == "records" else k): _mapping(names, v, k)
            for k, v in tree.items()
        }
    if isinstance(tree, list):
        return [_mapping(names, item, key) for item in tree]
    if key == "form":
        return names.forms[tree]
    if not isinstance(tree, str) or key in ("op", "use", "what", "name"):
        return tree
    return names.columns.get(tree, tree)


def _arms(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {ARMS.get(k, k): _arms(v) for k, v in tree.items()}
    if isinstance(tree, list):
        return [_arms(item) for item in tree]
    return ARMS.get(tree, tree) if isinstance(tree, str) else tree
