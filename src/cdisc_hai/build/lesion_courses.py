"""What RECIST 1.1 makes of the lesions in a folder of SDTM, beside what the investigator says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from cdisc_hai.adam import AdamResult, SdtmTables, run_adam
from cdisc_hai.adam.arguments import Context
from cdisc_hai.derive.lesion_tables import LesionTables, lesion_tables
from cdisc_hai.derive.sources import SUBJECT, column, days
from cdisc_hai.errors import CdiscHaiError, Fault, SpecError
from cdisc_hai.metadata import Parameter, Study
from cdisc_hai.metadata.choices import texts
from cdisc_hai.metadata.conditions import matches
from cdisc_hai.metadata.reads import SUBJECT_LEVEL
from cdisc_hai.order import adam_needs
from cdisc_hai.recist.terms import CR, NED
from cdisc_hai.registry import operations

DERIVED = "lesion_responses"
ALIKE = {NED: CR}  # nothing is left, in the one word or the other


@dataclass(frozen=True)
class Assessed:
    """``visits``: a row a subject and visit, derived and investigator's response side by side
    (``INV`` and ``differs``); ``found``: the lesions behind them; ``made``: all of the run."""

    subjects: pd.DataFrame
    visits: pd.DataFrame
    found: LesionTables
    made: AdamResult
    arguments: Mapping[str, Any]


class WhichResponses(CdiscHaiError):
    """The specs have several derivations from lesions, or not the one that was asked for."""

    exit_code = 2


def assessed(
    study: Study, tables: SdtmTables, cutoff: float, responses: str | None = None
) -> Assessed:
    """Everything that the specs' derivation from the lesions gives for a folder of SDTM.

    ``responses`` names it, where there are several: ``XASM`` or ``XASM.DOVR``.
    """
    name, parameter = _derivation(study, responses)
    needed = {one: study.adam[one] for one in study.adam if one in adam_needs(study, name)}
    made = run_adam(replace(study, adam=needed), tables, cutoff)
    context = Context(study, made.tables, cutoff)
    arguments = context.arguments(parameter.step, operations()[DERIVED])
    everyone = made.tables[SUBJECT_LEVEL]
    subjects = everyone[matches(everyone, parameter.population)].reset_index(drop=True)
    found = lesion_tables(subjects, made.tables, arguments["lesions"], arguments["results"])
    every = made.tables[name]
    visits = as_derived(every[column(every, "~PARAMCD") == parameter.paramcd])
    told = _investigator(made.tables, arguments["responses"])
    beside = visits[[SUBJECT, "AVISIT"]].merge(told, on=[SUBJECT, "AVISIT"], how="left")
    visits = visits.assign(**{c: beside[c].to_numpy() for c in ("INV", "INVDT", "INVREF")})
    both = visits["INV"].notna() & visits["AVALC"].ne("")
    same = visits["AVALC"].replace(ALIKE) == visits["INV"].replace(ALIKE)
    return Assessed(subjects, visits.assign(differs=both & ~same), found, made, arguments)


def as_derived(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits under the names that the derivation gives, whatever the dataset makes of them."""
    names = [name for name in visits.columns if name.startswith("~") and name != f"~{SUBJECT}"]
    given = {
        name[1:]: visits[name] if is_numeric_dtype(visits[name]) else texts(visits[name])
        for name in names
    }
    return visits.assign(**given).reset_index(drop=True)


def _derivation(study: Study, responses: str | None) -> tuple[str, Parameter]:
    """The dataset and the parameter that derive responses from lesions."""
    every = {
        f"{dataset.name}.{parameter.paramcd}": (dataset.name, parameter)
        for dataset in study.adam.values()
        for parameter in dataset.parameters
        if parameter.step.op == DERIVED
    }
    if not every:
        told = f"no ADaM parameter uses '{DERIVED}'; see docs/adam.md, Responses from the lesions"
        raise SpecError([Fault(*_place(study.at), told)])
    asked = [one for one in every if responses in (None, one, every[one][0])]
    if len(asked) != 1:
        known = ", ".join(every)
        raise WhichResponses(f"say by --responses which derivation from lesions is meant: {known}")
    name, parameter = every[asked[0]]
    if not parameter.step.params.get("responses", {}).get("response"):
        told = f"'{DERIVED}' needs 'responses' with 'response' to be compared with"
        raise SpecError([Fault(*_place(parameter.step.at), told)])
    return name, parameter


def _place(at: str) -> tuple[str, int]:
    file, line = at.rsplit(":", 1)
    return file, int(line)


def _investigator(tables: SdtmTables, spec: Mapping[str, Any]) -> pd.DataFrame:
    """One response a subject and visit: of several the one with the analysis flag, or the first."""
    pages = tables[spec["dataset"]]
    told = pd.DataFrame(
        {
            SUBJECT: pages[SUBJECT],
            "AVISIT": texts(column(pages, spec["visit"])),
            "INV": column(pages, spec["response"]),
            "INVDT": days(pages, spec)[0],
            "INVREF": pages["@ref"],
            "late": np.where(column(pages, "ANL01FL") == "Y", 0, 1),
        }
    )
    told = told[told["INV"].notna() & told["INV"].ne("")]
    return told.sort_values("late", kind="stable").drop_duplicates([SUBJECT, "AVISIT"])
