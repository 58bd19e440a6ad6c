"""SDTMIG and the model behind it: which variables a domain has, and which it may take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from cdisc_hai.guide.facts import GuideDataset, GuideVariable, rows_of, same_class, variable_of

_FILES = {"3.4": ("sdtmig_3_4", "sdtm_2_0")}
_PART = re.compile(r"(?P<first>COVAL|TSVAL)(?P<number>[1-9][0-9]?)")
_EVERY = "General Observations"
_FINDINGS_ABOUT = "Findings About"
# Findings About is a kind of Findings (SDTM 2.0)
_CLASSES = {
    "Interventions": ("Interventions", _EVERY),
    "Events": ("Events", _EVERY),
    "Findings": ("Findings", _FINDINGS_ABOUT, _EVERY),
    _FINDINGS_ABOUT: (_FINDINGS_ABOUT, "Findings", _EVERY),
}


@dataclass(frozen=True)
class SdtmGuide:
    """One version of SDTMIG with its model."""

    version: str
    datasets: Mapping[str, GuideDataset]
    model: Mapping[tuple[str, str], GuideVariable]
    """By (class or dataset, name): class variables are named with ``--``."""

    def dataset(self, name: str) -> GuideDataset | None:
        """A dataset by name; every SUPP-- has the layout of SUPPQUAL."""
        return self.datasets.get("SUPPQUAL" if name.startswith("SUPP") else name)

    def variable(self, dataset: str, name: str, klass: str = "") -> GuideVariable | None:
        """A variable of a dataset, or one that its class lets it take from the model.

        A domain that the guide does not know is judged by ``klass``.
        """
        found = self.dataset(dataset)
        if found is not None and name in found.variables:
            return found.variables[name]
        own = self.model.get((dataset, name)) or self._continued(found, name)
        if own is not None:
            return own
        general = found.klass if found else next((c for c in _CLASSES if same_class(c, klass)), "")
        return self._of_class(general, dataset, name)

    def _continued(self, of: GuideDataset | None, name: str) -> GuideVariable | None:
        """Text over 200 bytes goes on in numbered variables (SDTMIG 3.4, 4.5.3.2)."""
        part = _PART.fullmatch(name)
        first = of.variables.get(part["first"]) if of and part else None
        if first is None or part is None:
            return None
        return replace(first, name=name, label=f"{first.label} {part['number']}", core="Perm")

    def _of_class(self, klass: str, dataset: str, name: str) -> GuideVariable | None:
        plain = f"--{name[2:]}" if name.startswith(dataset[:2]) else name
        for part in _CLASSES.get(klass, ()):
            for written in (name, plain):
                found = self.model.get((part, written))
                if found is not None:
                    return replace(found, name=name, core="Perm")
        return None

    def named(self, name: str) -> GuideVariable | None:
        """A variable by its name alone, as ADaM copies it: from the dataset of its prefix, or
        from any where all agree on its label."""
        found = self.variable(name[:2], name) if name[:2] in self.datasets else None
        if found is not None:
            return found
        every = [d.variables[name] for d in self.datasets.values() if name in d.variables]
        return every[0] if every and len({v.label for v in every}) == 1 else None


@lru_cache(maxsize=4)
def sdtm_guide(version: str = "3.4") -> SdtmGuide | None:
    """The facts of a version of SDTMIG; None for one that is not known here."""
    if version not in _FILES:
        return None
    guide, model = _FILES[version]
    variables: dict[str, dict[str, GuideVariable]] = {}
    for row in rows_of(f"{guide}.csv"):
        own = variables.setdefault(row["dataset"], {})
        own[row["name"]] = variable_of(row, len(own) + 1)
    datasets = {
        row["dataset"]: GuideDataset(
            row["dataset"], row["label"], row["class"], variables[row["dataset"]]
        )
        for row in rows_of(f"{guide}_datasets.csv")
    }
    return SdtmGuide(version, datasets, _model(f"{model}.csv"))


def _model(file: str) -> dict[tuple[str, str], GuideVariable]:
    found: dict[tuple[str, str], GuideVariable] = {}
    counts: dict[str, int] = {}
    for row in rows_of(file):
        owner = row["dataset"] or row["class"]
        counts[owner] = counts.get(owner, 0) + 1
        found[owner, row["name"]] = variable_of(row, counts[owner])
    return found
