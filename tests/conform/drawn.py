"""A study of two domains and an analysis dataset, small enough to be read at a glance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cdisc_hai.metadata import Codelist, Dataset, RawSpec, Study, Term, Variable

NAN = float("nan")


def variable(name: str, type_: str = "text", core: str = "", codelist: str = "") -> Variable:
    at = f"specs/{name.lower()}.yaml:1"
    return Variable(name, f"Label of {name}", type_, (), at, core=core, codelist=codelist)


def dataset(
    name: str, keys: tuple[str, ...], *variables: Variable, standard: str = "sdtm", **more: Any
) -> Dataset:
    label, at = f"Label of {name}", f"specs/{name}.yaml:1"
    return Dataset(name, label, "EVENTS", "", keys, variables, at, standard, **more)


STUDYID, USUBJID = variable("STUDYID", core="Req"), variable("USUBJID", core="Req")
DOMAIN = variable("DOMAIN", core="Req")

DM = dataset("DM", ("USUBJID",), DOMAIN, USUBJID, variable("SEX", codelist="SEX"))
XX = dataset(
    "XX",
    ("USUBJID", "XXTESTCD", "XXDTC"),
    DOMAIN,
    USUBJID,
    variable("XXSEQ", "integer", "Req"),
    variable("XXTESTCD", core="Req"),
    variable("XXTEST", core="Req"),
    variable("XXORRES", core="Exp"),
    variable("XXSTRESN", "float", "Exp"),
    variable("XXLOC", core="Perm"),
    variable("XXYN", codelist="NY"),
    variable("VISITNUM", "float"),
    variable("VISIT"),
    variable("XXDTC", "datetime"),
    variable("XXDY", "integer"),
    qualifiers=(variable("XXWHY"),),
)
SUPP = dataset(
    "SUPP--",
    ("USUBJID", "IDVAR", "IDVARVAL", "QNAM"),
    variable("RDOMAIN", core="Req"),
    USUBJID,
    variable("IDVAR"),
    variable("IDVARVAL"),
    variable("QNAM", core="Req"),
    variable("QLABEL", core="Req"),
    variable("QVAL", core="Req"),
)
ADSL = dataset("ADSL", ("USUBJID",), USUBJID, standard="adam")
ADXX = dataset(
    "ADXX",
    ("USUBJID", "PARAMCD"),
    USUBJID,
    variable("PARAMCD"),
    variable("PARAM"),
    variable("ADT", "sas_date"),
    variable("AGRADE", "integer", codelist="GRADE"),
    standard="adam",
)


def _codelist(name: str, *terms: str) -> Codelist:
    told = tuple(Term(term) for term in terms)
    return Codelist(name, "", name, False, told, "specs/codelists.yaml:3")


def study(encoding: str = "utf-8") -> Study:
    return Study(
        "S",
        "",
        encoding,
        {},
        {},
        (),
        {},
        RawSpec({}, (), "-", "1", "", (), (), {}, {}, ""),
        {c.name: c for c in (
            _codelist("NY", "Y", "N"), _codelist("SEX", "F", "M"), _codelist("GRADE", "1", "2"),
        )},
        {},
        {d.name: d for d in (DM, XX, SUPP)},
        {d.name: d for d in (ADSL, ADXX)},
        at="specs/study.yaml:1",
    )  # fmt: skip


def dm(*subjects: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"DOMAIN": "DM", "USUBJID": list(subjects), "SEX": "F"},
        columns=["DOMAIN", "USUBJID", "SEX"],
    )


def xx(**changed: Any) -> pd.DataFrame:
    """Three records that keep every contract, with some columns changed."""
    columns: dict[str, Any] = {
        "DOMAIN": "XX",
        "USUBJID": ["S-1", "S-1", "S-2"],
        "XXSEQ": [1.0, 2.0, 1.0],
        "XXTESTCD": ["A", "B", "A"],
        "XXTEST": ["Test A", "Test B", "Test A"],
        "XXORRES": ["5", "6", "7"],
        "XXSTRESN": [5.0, 6.5, NAN],
        "XXLOC": ["LIVER", "", ""],
        "XXYN": ["Y", "N", ""],
        "VISITNUM": [1.0, 2.0, 1.0],
        "VISIT": ["FIRST", "SECOND", "FIRST"],
        "XXDTC": ["2023-03-01T08:05", "2023-03", ""],
        "XXDY": [-1.0, 1.0, NAN],
    }
    return pd.DataFrame({**columns, **changed}, index=range(3))


def supp(**changed: Any) -> pd.DataFrame:
    """Two qualifiers of records of ``xx()``."""
    columns: dict[str, Any] = {
        "RDOMAIN": "XX",
        "USUBJID": ["S-1", "S-2"],
        "IDVAR": "XXSEQ",
        "IDVARVAL": ["2", "1"],
        "QNAM": "XXWHY",
        "QLABEL": "Reason",
        "QVAL": ["tired", "well"],
    }
    return pd.DataFrame({**columns, **changed}, index=range(2))
