"""specs/sdtm/*.yaml and specs/adam/*.yaml read into the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdisc_hai.errors import Fault
from cdisc_hai.findings import SEVERITIES
from cdisc_hai.guide import GuideVariable, sdtm_guide
from cdisc_hai.metadata.block_parts import check_parts
from cdisc_hai.metadata.long_blocks import expanded
from cdisc_hai.metadata.model import (
    NUMBER_TYPES,
    TEXT_TYPES,
    Block,
    Check,
    Dataset,
    Parameter,
    Step,
    Variable,
)
from cdisc_hai.metadata.shapes import Reader, did_you_mean
from cdisc_hai.metadata.spots import Spot
from cdisc_hai.registry import Operation, Stage

BLOCK_KINDS = ("form", "dataset", "gather", "rows", "schedule")
_BLOCK_PARAMS = {
    "form": ("first", "dates", "with"),
    "dataset": (),
    "gather": (),
    "rows": (),
    "schedule": (),
}


class DatasetReader:
    """Reads one dataset's file; faults are collected, never raised."""

    def __init__(
        self,
        standard: str,
        common: Mapping[str, Spot],
        known: Mapping[str, Operation],
        faults: list[Fault],
    ) -> None:
        self.standard, self.common, self.known, self.faults = standard, common, known, faults
        self.name = self.klass = ""
        self.moments: Spot | None = None
        self.moment_places: dict[tuple[str, str], str] = {}
        self.untold: tuple[str, str] = ("", "")
        self.submitted = True

    def read(self, spot: Spot) -> Dataset:
        """The whole dataset."""
        top = Reader(spot, "a dataset", self.faults)
        self.moments = top.get("moments", "map")
        shared = self.moments.value if self.moments else {}
        self.moment_places = {("", name): spot.at for name, spot in shared.items()}
        self.name = top.text("dataset", required=True)
        self.klass = top.text("class")
        self.untold = self._untold(top)
        self.submitted = top.flag("submit", True)
        stages: tuple[Stage, ...] = ("row", "whole") if self.standard == "sdtm" else ("column",)
        dataset = Dataset(
            name=self.name,
            label=top.text("label", required=True),
            klass=top.text("class", required=True),
            structure=top.text("structure", required=True),
            keys=top.texts("keys", required=True),
            at=spot.at,
            standard=self.standard,
            blocks=tuple(b for name, s in top.items("records") for b in self._blocks(name, s)),
            variables=tuple(
                self._variable(s, stages)
                for entry in top.entries("variables", required=True)
                for s in self._used(entry)
            ),
            qualifiers=tuple(
                self._variable(s, stages, qualifier=True) for s in top.entries("qualifiers")
            ),
            parameters=tuple(self._parameter(code, s) for code, s in top.items("parameters")),
            rows=tuple(self._row_set(name, s) for name, s in top.items("rows")),
            origin=top.text("from"),
            population=dict(top.plain("population", {}, "map")),
            where=dict(top.plain("where", {}, "map")),
            lowest=self._lowest(top.get("lowest", "map")),
            checks=tuple(self._check(s) for s in top.entries("checks")),
            submit=self.submitted,
            comment=top.text("comment"),
            moment_places=self.moment_places,
        )
        top.done()
        return dataset

    def _untold(self, top: Reader) -> tuple[str, str]:
        """How an ADaM variable without ``derive`` is made: what its record has under its name."""
        if self.standard != "adam":
            return "", ""
        origin = top.text("from")
        return ("copy_of", f"{origin}.") if origin else ("record_value", "")

    def _row_set(self, name: str, spot: Spot) -> Parameter:
        """A derivation of records that has no PARAMCD of its own."""
        item = Reader(spot, f"rows '{name}'", self.faults)
        derive = self._with_moments(item.get("derive", "map", required=True))
        made = Parameter(
            paramcd=name,
            param="",
            step=self._step(derive, ("records",), name) if derive else Step("", {}, spot.at),
            at=spot.at,
            attributes=dict(item.plain("attributes", {}, "map")),
            population=dict(item.plain("population", {}, "map")),
        )
        item.done()
        return made

    def _lowest(self, spot: Spot | None) -> dict[str, Any]:
        """Which of several records of one thing is used: the one with the lowest number."""
        if spot is None:
            return {}
        item = Reader(spot, "lowest", self.faults)
        found = {
            "record": item.text("record", required=True),
            "by": item.texts("by", required=True),
        }
        item.done()
        return found

    def _blocks(self, name: str, spot: Spot) -> tuple[Block, ...]:
        item = Reader(spot, f"records '{name}'", self.faults)
        kinds = [kind for kind in BLOCK_KINDS if item.get(kind) is not None]
        if len(kinds) != 1:
            self.faults.append(
                spot.fault(f"records '{name}' needs one of {', '.join(BLOCK_KINDS)}")
            )
        check_parts(item, self.faults)
        kind = kinds[0] if kinds else "form"
        value = item.plain(kind, "")
        params = {} if isinstance(value, str) else {"entries": value}
        for extra in _BLOCK_PARAMS[kind]:
            params[extra] = item.plain(extra)
        block = Block(
            name=name,
            kind=kind,
            source=value if isinstance(value, str) else "",
            where=dict(item.plain("where", {}, "map")),
            params=params,
            at=spot.at,
            needs=item.texts("needs"),
        )
        blocks = expanded(block, item, self.faults) if kind in ("form", "dataset") else (block,)
        item.done()
        return blocks

    def _variable(
        self, spot: Spot, stages: tuple[Stage, ...], *, qualifier: bool = False
    ) -> Variable:
        merged = self._with_common(spot)
        if merged is None:
            return self._unknown_use(spot, qualifier)
        item = Reader(merged, "a variable", self.faults)
        name = item.text("name", required=True)
        item.what = f"variable '{name}'"
        item.get("use")
        keep = item.flag("keep", True)
        known = self._in_guide(name) if keep and not qualifier and not item.get("label") else None
        kind = item.text("type", "float" if known and known.type == "Num" else "text")
        if kind not in TEXT_TYPES + NUMBER_TYPES:
            hint = did_you_mean(kind, TEXT_TYPES + NUMBER_TYPES)
            self.faults.append(spot.fault(f"no type '{kind}' for {name}{hint}"))
        steps_at = item.get("map") or item.get("derive") or self._same_name(spot, name)
        variable = Variable(
            name=name,
            label=item.text(
                "label",
                known.label if known else "",
                required=keep and self.submitted and not known,
            ),
            type=kind,
            steps=self._steps(steps_at, stages, name),
            at=spot.at,
            role=item.text("role", known.role if known else ""),
            core=item.text("core", known.core if known else ""),
            codelist=item.text("codelist"),
            format=item.text("format"),
            origin=item.text("origin"),
            keep=keep,
            comment=item.text("comment"),
            dictionary=item.text("dictionary"),
            qualifier=qualifier,
            sponsor=item.flag("sponsor"),
        )
        if steps_at is None:
            self.faults.append(spot.fault(f"variable '{name}' needs 'map' or 'derive'"))
        item.get("derive")
        item.done()
        return variable

    def _in_guide(self, name: str) -> GuideVariable | None:
        """What the guide says of a variable; it holds for an entry that says no label."""
        guide = sdtm_guide() if self.standard == "sdtm" else None
        return guide.variable(self.name, name, self.klass) if guide else None

    def _unknown_use(self, spot: Spot, qualifier: bool) -> Variable:
        """Told once, under the name that was meant."""
        named = spot.value.get("name", spot.value["use"])
        name = str(named.value).replace("--", self.name[:2])
        known = self._in_guide(name)
        label, role, core = (known.label, known.role, known.core) if known else (name, "", "")
        return Variable(
            name=name, label=label, type="text", steps=(), at=spot.at, role=role, core=core,
            qualifier=qualifier, sponsor=known is None,
        )  # fmt: skip

    def _same_name(self, spot: Spot, name: str) -> Spot | None:
        op, prefix = self.untold
        if not op:
            return None
        operation = self.known.get(op)
        key = next(iter(operation.params)) if operation else ""
        told = {"op": op, key: prefix + name}
        return Spot(
            {k: Spot(v, spot.file, spot.line) for k, v in told.items()}, spot.file, spot.line
        )

    def _used(self, spot: Spot) -> list[Spot]:
        """One entry for each name of a list of common variables; any other entry as it is."""
        names = spot.value.get("use") if isinstance(spot.value, dict) else None
        if names is None or not isinstance(names.value, list):
            return [spot]
        for key in spot.value.keys() - {"use"}:
            message = f"'{key}' cannot stand beside a list of common variables"
            self.faults.append(spot.value[key].fault(message))
        known = [name for name in names.value if self._common(name) is not None]
        return [Spot({"use": name}, name.file, name.line) for name in known]

    def _common(self, name: Spot) -> Spot | None:
        """The common entry of a name; one that is not there is told."""
        found = self.common.get(str(name.value))
        if found is None:
            hint = did_you_mean(str(name.value), self.common)
            self.faults.append(name.fault(f"no common variable '{name.value}'{hint}"))
        return found

    def _with_common(self, spot: Spot) -> Spot | None:
        """An entry that says ``use`` takes what it does not say from the common entry; None where
        there is no such entry."""
        if not isinstance(spot.value, dict) or "use" not in spot.value:
            return spot
        use = str(spot.value["use"].value)
        common = self._common(spot.value["use"])
        if common is None:
            return None
        if not isinstance(common.value, dict):
            self.faults.append(common.fault(f"'{use}' is a mapping of names to values"))
            return spot
        filled = _prefixed(common, self.name)
        name = Spot(use.replace("--", self.name[:2]), spot.file, spot.line)
        own = {"name": name, **filled.value, **spot.value}
        return Spot(own, spot.file, spot.line)

    def _steps(self, spot: Spot | None, stages: tuple[Stage, ...], name: str) -> tuple[Step, ...]:
        if spot is None:
            return ()
        entries = spot.value if isinstance(spot.value, list) else [spot]
        return tuple(self._step(entry, stages, name) for entry in entries)

    def _check(self, spot: Spot) -> Check:
        item = Reader(spot, "a check", self.faults)
        severity = item.text("severity", required=True)
        if severity not in SEVERITIES:
            self.faults.append(spot.fault(f"severity is one of {', '.join(SEVERITIES)}"))
        inner = item.get("test", "map", required=True)
        check = Check(
            step=self._step(inner, ("check",), "a check") if inner else Step("", {}, spot.at),
            rule=item.text("rule", required=True),
            severity=severity,
            message=item.text("message", required=True),
            mend=item.text("mend", required=True),
            where=dict(item.plain("where", {}, "map")),
            at=spot.at,
        )
        item.done()
        return check

    def _step(self, spot: Spot, stages: tuple[Stage, ...], name: str) -> Step:
        item = Reader(spot, f"the operation of '{name}'", self.faults)
        op = item.text("op", required=True)
        blocks = item.texts("for")
        operation = self.known.get(op)
        if operation is None or operation.stage not in stages:
            if op:
                offered = [o.name for o in self.known.values() if o.stage in stages]
                hint = did_you_mean(op, offered)
                self.faults.append(spot.fault(f"no operation '{op}'{hint}"))
            return Step(op, {}, spot.at, blocks)
        params: dict[str, Any] = {}
        for key, param in operation.params.items():
            found = item.get(key, required=param.required)
            if found is not None:
                params[key] = found
                told = found.value if param.kind.startswith("[") else [found]
                for spot_of in told if isinstance(told, list) else [found]:
                    if param.choices and spot_of.value not in param.choices:
                        choices = ", ".join(param.choices)
                        self.faults.append(spot_of.fault(f"'{key}' of '{op}' is one of {choices}"))
        item.what = f"operation '{op}'"
        item.done()
        return Step(op, params, spot.at, blocks)

    def _parameter(self, code: str, spot: Spot) -> Parameter:
        item = Reader(spot, f"parameter '{code}'", self.faults)
        derive = self._with_moments(item.get("derive", "map", required=True))
        step = self._step(derive, ("records",), code) if derive else Step("", {}, spot.at)
        parameter = Parameter(
            paramcd=code,
            param=item.text("param", required=True),
            step=step,
            at=spot.at,
            attributes=dict(item.plain("attributes", {}, "map")),
            population=dict(item.plain("population", {}, "map")),
            codelist=item.text("codelist"),
        )
        item.done()
        return parameter

    def _with_moments(self, derive: Spot | None) -> Spot | None:
        """A derivation that works on moments has those of the dataset, and its own before them."""
        if derive is None:
            return derive
        own = derive.value.get("moments")
        if own is not None and isinstance(own.value, dict):
            self.moment_places.update({(derive.at, n): spot.at for n, spot in own.value.items()})
        if self.moments is None or "op" not in derive.value:
            return derive
        operation = self.known.get(str(derive.value["op"].value))
        if operation is None or "moments" not in operation.params:
            return derive
        shared = self.moments.value
        both = {**shared, **(own.value if own is not None else {})}
        moments = Spot(both, derive.file, own.line if own is not None else self.moments.line)
        return Spot({**derive.value, "moments": moments}, derive.file, derive.line)


def _prefixed(spot: Spot, domain: str) -> Spot:
    """A common entry with ``--`` read as the domain's two letters."""
    value = spot.value
    if isinstance(value, dict):
        value = {name: _prefixed(child, domain) for name, child in value.items()}
    elif isinstance(value, list):
        value = [_prefixed(child, domain) for child in value]
    elif isinstance(value, str):
        value = value.replace("--", domain[:2])
    return Spot(value, spot.file, spot.line)
