"""The skeleton of one domain: the guide's required and expected variables, and what fits them."""

from __future__ import annotations

from cdisc_hai.build.draft_export import DraftForm
from cdisc_hai.build.draft_text import listed, mapped, quoted, same
from cdisc_hai.build.draft_words import having
from cdisc_hai.guide import GuideDataset, GuideVariable

IDENTIFIERS = ("STUDYID", "DOMAIN", "USUBJID")
NULL = "{op: hardcode, value: null}"
EVENT_DATES = ("Events", "Interventions")


class DomainDraft:
    """Writes the spec of one domain."""

    def __init__(
        self, guide: GuideDataset, forms: list[tuple[str, DraftForm]], *, site: bool, folder: bool
    ) -> None:
        self.guide, self.forms, self.site, self.folder = guide, forms, site, folder
        self.findings = guide.klass.startswith("Findings")
        self.used: set[str] = set()

    def text(self) -> str:
        """The file."""
        name = self.guide.name
        topic = next((v.name for v in self.guide.variables.values() if v.role == "Topic"), "")
        own = [v for v in self.guide.variables.values() if self._wanted(v)]
        names = {v.name for v in own}
        start = next((n for n in (f"{name}STDTC", f"{name}DTC") if n in names), "")
        keys = ["STUDYID", "USUBJID"] if name == "DM" else ["STUDYID", "USUBJID", topic, start]
        lines = [
            f"# TODO: drafted from {', '.join(form for form, _ in self.forms)}; look at every line",
            f"dataset: {name}",
            f"label: {self.guide.label}",
            f"class: {self.guide.klass.upper()}",
            f"structure: {'One record per subject' if name == 'DM' else 'One record per TODO'}",
            f"keys: {listed(k for k in keys if k)}",
            "records:",
            *self._records(),
            "variables:",
        ]
        lines += [self._variable(variable) for variable in own]
        return "\n".join(lines) + "\n"

    def _wanted(self, variable: GuideVariable) -> bool:
        """What the guide asks for, and what else a form has a column for."""
        if variable.core in ("Req", "Exp"):
            return True
        short = variable.name.removeprefix(self.guide.name)
        return any(self._column(variable.name, short, form) for _, form in self.forms)

    def _long(self, form: DraftForm) -> bool:
        """Whether a form of results has one column a test."""
        codes = [c for c in form.items if same(c, f"{self.guide.name}TESTCD")]
        codes += [c for c in form.items if same(c, f"{self.guide.name}TEST")]
        return self.findings and not codes and bool(form.numbers)

    def _records(self) -> list[str]:
        lines = []
        for name, form in self.forms:
            lines.append(f"  {quoted(_block(name))}:")
            lines.append(f"    form: {quoted(name)}")
            if self._long(form):
                lines.append("    long:  # TODO: tests and their names, by the codelists")
                for column in form.numbers:
                    code = "".join(c for c in column.upper() if c.isascii() and c.isalnum())
                    told = [("testcd", quoted(code[:8] or "TODO")), ("test", quoted(column[:40]))]
                    result = mapped([("result", quoted(column))])
                    lines.append(f"      - {{columns: {result}, values: {mapped(told)}}}")
        return lines

    def _variable(self, variable: GuideVariable) -> str:
        if variable.name in IDENTIFIERS or variable.name == f"{self.guide.name}SEQ":
            own = f"--{variable.name[2:]}" if variable.name.endswith("SEQ") else variable.name
            return f"  - {{use: {quoted(own)}}}"
        how, todo = self._how(variable)
        kind = "text"
        if variable.type == "Num":
            kind = "float"
        elif variable.name.endswith("DTC"):
            kind = "datetime"
        text = (
            f"  - name: {variable.name}\n    label: {quoted(variable.label)}\n    type: {kind}\n"
            f"    role: {variable.role}\n    core: {variable.core}\n    map:{how}"
        )
        lists = f", codelist {' or '.join(variable.codelists)}" if variable.codelists else ""
        return text + (f"  # TODO: {todo}{lists}" if todo or lists else "")

    def _how(self, variable: GuideVariable) -> tuple[str, str]:
        steps = [self._of_form(variable, form) for _, form in self.forms]
        if len(steps) == 1:
            return f" {steps[0][0]}", steps[0][1]
        told = "".join(
            f"\n      - {{for: {quoted(_block(name))}, {step[1:]}"
            for (name, _), (step, _) in zip(self.forms, steps, strict=True)
        )
        return told, "; ".join(dict.fromkeys(todo for _, todo in steps if todo))

    def _of_form(self, variable: GuideVariable, form: DraftForm) -> tuple[str, str]:
        name, short = variable.name, variable.name.removeprefix(self.guide.name)
        if name == "SUBJID":
            return '{op: assign, column: "@subject"}', ""
        if name == "SITEID" and self.site:
            return '{op: assign, column: "@site"}', ""
        if name == "VISITNUM" and self.folder:
            return '{op: visit, column: "@folder", what: number}', ""
        if self._long(form) and short in ("TESTCD", "TEST", "ORRES", "STRESC"):
            column = {"TESTCD": "testcd", "TEST": "test"}.get(short, "result")
            return f"{{op: assign, column: {column}}}", ""
        column = self._column(name, short, form)
        if not column:
            needed = "a record without it is kept out" if variable.core == "Req" else "map it"
            return NULL, needed
        if name.endswith("DTC"):
            return f"{{op: iso8601, column: {quoted(column)}}}", "" if same(
                column, name
            ) else "is it?"
        op = "number" if variable.type == "Num" else "assign"
        return f"{{op: {op}, column: {quoted(column)}}}", "" if same(column, name) else "is it?"

    def _column(self, name: str, short: str, form: DraftForm) -> str:
        exact = [c for c in form.items if same(c, name) or (len(short) > 2 and same(c, short))]
        if exact:
            return exact[0]
        if short == "STDTC":
            return next(iter([*having("start", form.dates), *form.dates]), "")
        if short == "ENDTC":
            return next(iter(having("end", form.dates)), "")
        if short == "DTC":
            return next(iter(form.dates), "")
        texts = [c for c in form.items if c not in form.dates and c not in form.numbers]
        if short in ("TERM", "TRT"):
            return next(iter([*having("topic", texts), *texts]), "")
        return ""


def _block(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name)
