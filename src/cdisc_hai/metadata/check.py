"""Cross-checks of the specs: every name that one part uses is there in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.check_parts import (
    inside_faults,
    known_faults,
    named_faults,
    ordering_faults,
    shape_faults,
    template_faults,
)
from cdisc_hai.metadata.check_study import cutoff_faults, imputation_faults
from cdisc_hai.metadata.check_study import fault_at as _at
from cdisc_hai.metadata.define_file import define_faults
from cdisc_hai.metadata.model import (
    SCHEDULE,
    Block,
    Dataset,
    Step,
    Study,
    Variable,
)
from cdisc_hai.metadata.reads import CUTOFF, SUBJECT_LEVEL, Reads, cycle_of
from cdisc_hai.metadata.shapes import did_you_mean
from cdisc_hai.metadata.spots import Spot, spots_of
from cdisc_hai.metadata.study_file import ROLES
from cdisc_hai.registry import Operation, parts_of

NAME_BYTES, LABEL_BYTES = 8, 40


def _place(at: str) -> tuple[str, int]:
    file, line = at.rsplit(":", 1)
    return file, int(line)


def check_study(study: Study, known: Mapping[str, Operation]) -> list[Fault]:
    """Every fault between the parts of a study's specs."""
    faults: list[Fault] = []
    for standard, datasets in (("sdtm", study.sdtm), ("adam", study.adam)):
        for dataset in datasets.values():
            faults.extend(_Checker(study, standard, dataset, known).faults())
        if not faults:
            graph = Reads(study, standard, known).graph()
            circle = list(cycle_of(graph))
            if circle:
                head = circle[0].split(".")[0]
                faults.append(_at(datasets[head].at, f"a circle of reads: {' <- '.join(circle)}"))
            for dataset in datasets.values():
                circle = list(cycle_of(Reads(study, standard, known).row_graph(dataset)))
                if circle:
                    faults.append(_at(dataset.at, f"a circle of reads: {' <- '.join(circle)}"))
    faults.extend(cutoff_faults(study))
    faults.extend(define_faults(study))
    for rule in study.imputations.values():
        faults.extend(imputation_faults(study, rule))
    return faults


class _Checker:
    """Checks one dataset."""

    def __init__(
        self, study: Study, standard: str, dataset: Dataset, known: Mapping[str, Operation]
    ) -> None:
        self.study, self.standard, self.dataset, self.known = study, standard, dataset, known
        self.names = {v.name for v in dataset.variables}
        self.tables: dict[str, Iterable[str]] = {
            "recode": study.recodes,
            "codelist": study.codelists,
            "imputation": study.imputations,
            "dataset": self._datasets(),
            "parameter": [maker.paramcd for maker in dataset.makers],
        }

    def faults(self) -> Iterator[Fault]:
        """All of them."""
        dataset = self.dataset
        blocks = {block.name for block in dataset.blocks}
        yield from self._labels(dataset.name, dataset.label, dataset.at)
        for key in dataset.keys:
            if key not in self.names:
                hint = did_you_mean(key, self.names)
                yield _at(dataset.at, f"key '{key}' is no variable of {dataset.name}{hint}")
        for block in dataset.blocks:
            yield from self._block(block)
        seen: set[str] = set()
        for variable in (*dataset.variables, *dataset.qualifiers):
            if variable.name in seen:
                yield _at(variable.at, f"variable '{variable.name}' stands twice")
            seen.add(variable.name)
            yield from self._variable(variable, blocks)
        for parameter in dataset.parameters:
            if len(parameter.paramcd.encode()) > NAME_BYTES:
                yield _at(parameter.at, f"PARAMCD '{parameter.paramcd}' is over {NAME_BYTES} bytes")
            if parameter.codelist and parameter.codelist not in self.study.codelists:
                hint = did_you_mean(parameter.codelist, self.study.codelists)
                yield _at(parameter.at, f"no codelist '{parameter.codelist}'{hint}")
        for parameter in dataset.makers:
            yield from self._step(parameter.step)
        for check in dataset.checks:
            yield from self._step(check.step)
            yield from self._plain_where(check.where, dataset.name, check.at)
            said = Spot(check.message, *_place(check.at))
            yield from template_faults(said, dataset.name, self._variables(dataset.name))
        for parameter in dataset.makers:
            yield from self._plain_where(parameter.population, SUBJECT_LEVEL, parameter.at)
        if dataset.origin:
            names = self._datasets()
            if names and dataset.origin not in names:
                hint = did_you_mean(dataset.origin, names)
                yield _at(dataset.at, f"no dataset '{dataset.origin}'{hint}")
            yield from self._plain_where(dataset.where, dataset.origin, dataset.at)
            yield from self._plain_where(dataset.population, SUBJECT_LEVEL, dataset.at)
            named = Reads.lowest_names(dataset)
            yield from self._plain_where(dict.fromkeys(named), dataset.origin, dataset.at)
        elif dataset.population:
            message = "'population' is to be given to each of 'parameters' and 'rows'"
            yield _at(dataset.at, message)
        yield from self._kind_of_file()

    def _plain_where(self, where: Mapping[str, Any], dataset: str, at: str) -> Iterator[Fault]:
        """A condition on the variables of a dataset, told at the line of what it belongs to.

        Without a dataset (the columns of a form) its names are not known here.
        """
        yield from named_faults(_spots(where, at), self._variables(dataset))

    def _kind_of_file(self) -> Iterator[Fault]:
        """Keys that only the other standard's files have, and records that are missing."""
        dataset = self.dataset
        if self.standard == "adam":
            if dataset.blocks:
                yield _at(dataset.at, "an ADaM dataset has 'from' or 'parameters', no 'records'")
            if bool(dataset.origin) == bool(dataset.makers):
                yield _at(
                    dataset.at, f"{dataset.name} needs 'from', or else 'parameters' or 'rows'"
                )
        elif dataset.origin or dataset.makers:
            yield _at(dataset.at, "an SDTM dataset has 'records', no 'from' or 'parameters'")

    def _labels(self, name: str, label: str, at: str) -> Iterator[Fault]:
        if len(name.encode()) > NAME_BYTES:
            yield _at(at, f"name '{name}' is over {NAME_BYTES} bytes")
        if len(label.encode()) > LABEL_BYTES:
            yield _at(at, f"label of {name} has {len(label.encode())} bytes, at most {LABEL_BYTES}")

    def _block(self, block: Block) -> Iterator[Fault]:
        forms, sdtm = self.study.raw.forms, self.study.sdtm
        if block.kind == "form" and block.source not in forms:
            hint = did_you_mean(block.source, forms)
            yield _at(block.at, f"no form '{block.source}' in raw.yaml{hint}")
        if block.kind == "form":
            yield from self._plain_where(block.where, "", block.at)
        if block.kind == "dataset" and block.source in sdtm:
            yield from self._plain_where(block.where, block.source, block.at)
        if block.kind == "dataset" and block.source not in sdtm:
            hint = did_you_mean(block.source, sdtm)
            yield _at(block.at, f"no dataset '{block.source}'{hint}")
        for entry in block.params.get("with") or []:
            other = entry.get("form") if isinstance(entry, dict) else None
            if isinstance(other, str) and other not in forms:
                yield _at(block.at, f"no form '{other}' in raw.yaml{did_you_mean(other, forms)}")
        for name in block.needs:
            if name not in sdtm:
                yield _at(block.at, f"no dataset '{name}'{did_you_mean(name, sdtm)}")
        if block.kind == "schedule":
            yield from named_faults(_spots(block.where, block.at), SCHEDULE)
        if block.kind == "gather":
            for entry in block.params.get("entries", []):
                form = entry.get("form") if isinstance(entry, dict) else None
                if not isinstance(form, str):
                    continue  # told when the file was read
                if form:
                    yield from self._plain_where(entry.get("where") or {}, "", block.at)
                if form not in forms:
                    hint = did_you_mean(str(form), forms)
                    yield _at(block.at, f"no form '{form}' in raw.yaml{hint}")

    def _variable(self, variable: Variable, blocks: set[str]) -> Iterator[Fault]:
        if variable.keep and not variable.qualifier:
            yield from self._labels(variable.name, variable.label, variable.at)
        if variable.codelist and variable.codelist not in self.study.codelists:
            hint = did_you_mean(variable.codelist, self.study.codelists)
            yield _at(variable.at, f"no codelist '{variable.codelist}'{hint}")
        if any(not step.blocks for step in variable.steps[:-1]):
            message = f"an operation of {variable.name} without 'for' hides those behind it"
            yield _at(variable.at, message)
        for step in variable.steps:
            for name in step.blocks:
                if name not in blocks:
                    hint = did_you_mean(name, blocks)
                    yield _at(step.at, f"no records '{name}' in {self.dataset.name}{hint}")
            yield from self._step(step)
            yield from self._terms(step, variable)

    def _terms(self, step: Step, variable: Variable) -> Iterator[Fault]:
        """A term that is typed at a variable is in the variable's codelist."""
        codelist = self.study.codelists.get(variable.codelist)
        if codelist is None:
            return
        typed = [s for leaf, s in self._leaves(step) if leaf == "any" and isinstance(s, Spot)]
        for spot in typed:
            value = spot.value
            if isinstance(value, str) and value and value not in codelist.values:
                hint = did_you_mean(value, codelist.values)
                yield spot.fault(f"'{value}' is not a term of codelist '{codelist.name}'{hint}")
        recode = self.study.recodes.get(str(getattr(step.params.get("recode"), "value", "")))
        if recode and recode.codelist != codelist.name:
            for term in sorted(set(recode.terms.values()) - set(codelist.values)):
                yield _at(
                    step.at,
                    f"recode '{recode.name}' gives '{term}', which codelist "
                    f"'{codelist.name}' of {variable.name} does not have",
                )

    def _leaves(self, step: Step) -> Iterator[tuple[str, Any]]:
        operation = self.known.get(step.op)
        for name, param in (operation.params if operation else {}).items():
            if name in step.params:
                for leaf, spot, _ in parts_of(param.kind, step.params[name]):
                    yield leaf, spot

    def _step(self, step: Step) -> Iterator[Fault]:
        operation = self.known.get(step.op)
        if operation is None:
            return
        for name, param in operation.params.items():
            spot = step.params.get(name)
            if spot is None:
                continue
            yield from shape_faults(param.kind, spot)
            for leaf, at, within in parts_of(param.kind, spot):
                yield from self._leaf(leaf, at, within or step.params, step, operation)

    def _leaf(
        self, leaf: str, at: Spot, within: Any, step: Step, operation: Operation
    ) -> Iterator[Fault]:
        value = at.value
        if leaf == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield at.fault(f"'{value}' is to be a number")
        elif leaf == "flag" and not isinstance(value, bool):
            yield at.fault(f"'{value}' is to be true or false")
        elif leaf in self.tables:
            yield from known_faults(at, leaf, self.tables[leaf])
        elif leaf == "variable" and operation.stage == "row" and self._later(str(value)):
            yield at.fault(
                f"'{value}' is made when the whole dataset is there, after this operation"
            )
        elif leaf == "variable":
            yield from known_faults(
                at, f"variable of {self.dataset.name}", self._variables(self.dataset.name)
            )
        elif leaf == "ordering":
            yield from ordering_faults(at, self.dataset.name, self._variables(self.dataset.name))
        elif leaf in ("formula", "part_formula", "template"):
            own = self.dataset.name
            yield from inside_faults(leaf, at, step.params, own, self._variables(own))
        elif leaf == "match":
            yield from self._match(at, within)
        elif leaf == "source" or (leaf == "limit" and value != CUTOFF):
            yield from self._source(at)
        elif leaf == "subject":
            yield from known_faults(
                at, f"variable of {SUBJECT_LEVEL}", self._variables(SUBJECT_LEVEL)
            )
        elif leaf == "column":
            yield from self._column(at, step)
        elif leaf == "where":
            yield from self._where(at, operation)
        elif leaf.endswith("_value") and "value" in within:
            dataset = str(within["value"].value).split(".", maxsplit=1)[0]
            yield from self._of_dataset(leaf, at, dataset)
        elif leaf.endswith("_of") and "dataset" in within:
            yield from self._of_dataset(leaf, at, str(within["dataset"].value))

    def _of_dataset(self, leaf: str, at: Spot, dataset: str) -> Iterator[Fault]:
        """What names variables of the dataset that is named beside it."""
        names = self._variables(dataset)
        if leaf == "ordering_of":
            yield from ordering_faults(at, dataset, names)
        elif leaf == "variable_of":
            yield from known_faults(at, "variable", names)
        elif leaf == "variable_value":
            yield from known_faults(at, f"variable of {dataset}", names)
        elif isinstance(at.value, dict):
            yield from named_faults(at.value, names)

    def _match(self, at: Spot, within: Any) -> Iterator[Fault]:
        """Own variables, each with the variable of the other dataset that it is to equal."""
        if not isinstance(at.value, dict):
            yield at.fault("'match' is a mapping of own variables to those of the dataset")
            return
        other = str(within["dataset"].value) if "dataset" in within else ""
        for name, theirs in at.value.items():
            own = Spot(name, at.file, theirs.line)
            own_names = self._variables(self.dataset.name)
            yield from known_faults(own, f"variable of {self.dataset.name}", own_names)
            yield from known_faults(theirs, f"variable of {other}", self._variables(other))

    def _later(self, name: str) -> bool:
        """Whether no operation of a variable works row by row."""
        found = self.dataset.variable(name)
        stages = (
            {self.known[s.op].stage for s in found.steps if s.op in self.known} if found else set()
        )
        return bool(stages) and "row" not in stages

    def _source(self, at: Spot) -> Iterator[Fault]:
        dataset, _, name = str(at.value).partition(".")
        known = self._datasets()  # none where the SDTM is foreign and known only when it is read
        if not name or (known and dataset not in known):
            hint = did_you_mean(dataset, known)
            yield at.fault(f"'{at.value}' is to be DATASET.VARIABLE of a known dataset{hint}")
        else:
            spot = Spot(name, at.file, at.line)
            yield from known_faults(spot, f"variable of {dataset}", self._variables(dataset))

    def _column(self, at: Spot, step: Step) -> Iterator[Fault]:
        name = str(at.value)
        if name.startswith(("@", "=")):
            yield from self._marked(at)
            return
        for block in self.dataset.blocks:
            used = not step.blocks or block.name in step.blocks
            if used and block.kind == "dataset":
                yield from known_faults(
                    at, f"variable of {block.source}", self._variables(block.source)
                )
            elif used and block.kind == "schedule":
                yield from known_faults(at, "column of the schedule", SCHEDULE)

    def _where(self, at: Spot, operation: Operation) -> Iterator[Fault]:
        if not isinstance(at.value, dict):
            yield at.fault("a condition is a mapping of names to wanted values")
            return
        if operation.stage != "row":
            yield from named_faults(at.value, self._variables(self.dataset.name))
            return
        yield from named_faults(at.value, [])  # the columns of an export are known when it is read
        for name, spot in at.value.items():
            yield from self._marked(Spot(name, spot.file, spot.line))

    def _marked(self, at: Spot) -> Iterator[Fault]:
        """A name that a row operation reads as a role (``@``) or as a variable (``=``)."""
        name = str(at.value)
        if name.startswith("@"):
            yield from known_faults(
                at, "role", [f"@{role}" for role in (*ROLES, "key", "start", "end")]
            )
        elif name.startswith("="):
            spot = Spot(name[1:], at.file, at.line)
            yield from known_faults(
                spot, f"variable of {self.dataset.name}", self._variables(self.dataset.name)
            )
            if self._later(name[1:]):
                yield at.fault(
                    f"'{name[1:]}' is made when the whole dataset is there, after this operation"
                )

    def _datasets(self) -> list[str]:
        if self.standard == "sdtm":
            return list(self.study.sdtm)
        if not self.study.sdtm:  # foreign SDTM: its datasets are known only when it is read
            return []
        return [*self.study.sdtm, *self.study.adam]

    def _variables(self, dataset: str) -> list[str]:
        found = (self.study.adam if self.standard == "adam" else {}).get(dataset)
        found = found or self.study.sdtm.get(dataset)
        if found is None:
            return []
        names = [v.name for v in (*found.variables, *found.qualifiers)]
        return [*names, "@record"] if self.standard == "sdtm" else names


def _spots(where: Mapping[str, Any], at: str) -> dict[str, Spot]:
    return {name: spots_of(wanted, Spot(name, *_place(at))) for name, wanted in where.items()}
