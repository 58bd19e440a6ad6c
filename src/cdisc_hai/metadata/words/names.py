"""What the names in a spec are called in words: columns, roles, variables, datasets, rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cdisc_hai.metadata.long_blocks import beside
from cdisc_hai.metadata.model import Block, Dataset, Imputation, Recode, Study, Variable
from cdisc_hai.metadata.reads import CUTOFF
from cdisc_hai.metadata.words.flow import entry
from cdisc_hai.metadata.words.notes import Notes, places
from cdisc_hai.metadata.words.phrases import constant, listed, where_words

_ROLES = {
    "study": "the study identifier",
    "site": "the site",
    "subject": "the subject's number",
    "folder": "the visit",
    "folder_number": "the number of the visit",
    "folder_repeat": "the number of the repeated visit",
    "activity": "the activity of the visit",
    "repeat": "the number of the repeated record",
    "record": "the number of the record in the EDC system",
    "active": "the flag of active records",
    "updated": "the time of the last change",
    "start": "the first date of the visit's forms",
    "end": "the last date of the visit's forms",
}
_MOST_CODES = 30

Explain = Callable[[Dataset, Variable], str]
"""Says how a variable of a dataset comes about, for a note."""


class Names:
    """Words for the names that stand in the operations of one dataset's record blocks."""

    def __init__(
        self,
        study: Study,
        dataset: Dataset,
        blocks: tuple[Block, ...],
        notes: Notes,
        explain: Explain,
    ) -> None:
        self.study, self.dataset, self.blocks = study, dataset, blocks
        self.notes, self.explain = notes, explain
        self.forms: list[str] = []

    def column(self, name: str) -> str:
        """A column of the source rows: an item of the form, a role, or a variable (``=NAME``)."""
        if name.startswith("="):
            return self.own(name[1:])
        if name.startswith("@"):
            return self._role(name[1:])
        block = self.blocks[0] if self.blocks else None
        if block is not None and block.kind == "dataset":
            return self.source(f"{block.source}.{name}")
        if block is not None and block.kind == "form":
            of = [beside(b, name) or (b.source, name) for b in self.blocks]
            self.forms.extend(dict.fromkeys(form for form, _ in of if form not in self.forms))
            return of[0][1]
        if block is not None:
            return "the value that the specifications give"
        return name

    def _role(self, role: str) -> str:
        if role != "key":
            return _ROLES.get(role, role)
        parts = [_ROLES.get(part, part) for part in self.study.raw.subject_parts]
        return f"{listed(parts, 'and')}, joined with {constant(self.study.raw.separator)}"

    def own(self, name: str) -> str:
        """A variable of the dataset itself."""
        return self.variable_of(self.dataset.name, name, owner=False)

    def find(self, dataset: str) -> Dataset | None:
        """A dataset of either standard, that of the own one first."""
        both = (self.study.sdtm, self.study.adam)
        first, second = both if self.dataset.standard == "sdtm" else both[::-1]
        return first.get(dataset) or second.get(dataset)

    def variable_of(self, dataset: str, name: str, *, owner: bool = True) -> str:
        """A variable; one that is not written is called without its underscore, and explained."""
        found = self.find(dataset)
        variable = entry(found, name) if found else None
        if found is None or variable is None:
            return name
        if variable.keep and not variable.qualifier and (found.submit or not owner):
            return name
        if variable.qualifier:
            return f"{name} (SUPP{dataset})" if owner and self.dataset.standard == "adam" else name
        plain = name.lstrip("_")
        shown = name if plain != name and entry(found, plain) else plain
        whose = "" if dataset == self.dataset.name else f" of {self.called(dataset)}"
        self.notes.need(f"{shown}{whose}", lambda: self.explain(found, variable), *places(variable))
        return shown

    def called(self, dataset: str) -> str:
        """A dataset by its name; a helper by its label, and its records are explained."""
        found = self.find(dataset)
        if found is None or found.submit:
            return dataset
        title = f"'{found.label}'"
        self.notes.need(title, lambda: self.records(found), found.at)
        return title

    def source(self, path: str) -> str:
        """A variable of another dataset (``DM.RFSTDTC``)."""
        dataset, _, name = path.partition(".")
        if not name:
            return path
        found = self.find(dataset)
        variable = entry(found, name) if found else None
        if found is not None and variable is not None and variable.qualifier:
            return f"SUPP{dataset}.QVAL for QNAM {constant(name)}"
        shown = self.variable_of(dataset, name)
        if dataset == self.dataset.name:
            return shown
        return (
            f"{self.called(dataset)}.{shown}"
            if found and found.submit
            else (f"{shown} of {self.called(dataset)}")
        )

    def records(self, dataset: Dataset) -> str:
        """Where the records of a dataset come from."""
        if dataset.origin:
            those = self._those(dataset.origin, self.where(dataset.where, dataset.origin))
            return f"{those}{self._lowest(dataset)}."
        parts = [self.block(block) for block in dataset.blocks]
        return f"{listed(parts, 'and')}." if parts else "records made by its parameters."

    def _lowest(self, dataset: Dataset) -> str:
        if not dataset.lowest:
            return ""
        of = listed(dataset.lowest["by"], "and")
        return f", of several with the same {of} those with the lowest {dataset.lowest['record']}"

    def _those(self, dataset: str, where: str) -> str:
        which = f" for which {where}" if where else ""
        return f"the records of {self.called(dataset)}{which}"

    def groups(self, every: Sequence[tuple[Block, ...]]) -> list[str]:
        """Words that tell groups of blocks apart: their forms alone where those do."""
        forms = [{block.source for block in blocks} for blocks in every]
        said = []
        for at, blocks in enumerate(every):
            others = set().union(*forms[:at], *forms[at + 1 :])
            if all(b.kind == "form" for b in blocks) and not forms[at] & others:
                names = list(dict.fromkeys(b.source for b in blocks))
                said.append(f"form{'s' if len(names) > 1 else ''} {listed(names, 'and')}")
            else:
                said.append(listed(dict.fromkeys(self.block(b) for b in blocks), "and"))
        return said

    def block(self, block: Block) -> str:
        """The records of one block, by their source and condition."""
        if block.kind == "form":
            where = where_words(block.where, lambda n: _ROLES.get(n[1:], n) if n[:1] == "@" else n)
            return f"the records of form {block.source}{f' for which {where}' if where else ''}"
        if block.kind == "dataset":
            return self._those(block.source, self.where(block.where, block.source))
        if block.kind == "schedule":
            where = where_words(block.where, str)
            return f"the visits of the schedule{f' for which {where}' if where else ''}"
        return (
            "one record a subject and visit"
            if block.kind == "gather"
            else "the records of the specifications"
        )

    def where(self, where: Mapping[str, Any], dataset: str | None = None) -> str:
        """A condition on variables of a dataset, or on what the own operations see."""
        if dataset is None:
            return where_words(where, self.own)
        return where_words(where, lambda name: self.variable_of(dataset, name))

    def row_where(self, where: Mapping[str, Any]) -> str:
        """A condition on the source rows of the own blocks."""
        return where_words(where, self.column)

    def limit(self, name: str) -> str:
        """A date that bounds others."""
        return "the data cut-off" if name == CUTOFF else self.source(name)

    def recode(self, name: str) -> str:
        """A table of collected codes and their terms."""
        recode: Recode | None = self.study.recodes.get(name)
        if recode is None or len(recode.terms) > _MOST_CODES:
            return f"by the table {name}"
        return ", ".join(f'"{code}" to {constant(term)}' for code, term in recode.terms.items())

    def imputation(self, name: str) -> str:
        """A rule that completes partial dates; it is explained."""
        rule = self.study.imputations.get(name)
        if rule is not None:
            self.notes.need(f"Rule '{name}'", lambda: self._imputed(rule), rule.at)
        return f"rule '{name}'"

    def _imputed(self, rule: Imputation) -> str:
        parts = [f"a date without its day is taken as the {rule.to or 'first'} day of its month"]
        if rule.months:
            parts.append(f"a date without its month as the {rule.to or 'first'} day of its year")
        if rule.after:
            source = self.source(rule.after)
            parts.append(f"as the day after {source}, within the month, where {source} falls in it")
        if rule.same:
            source = self.source(rule.same)
            parts.append(f"as {source} where that falls in the month")
        if rule.unless_ended:
            parts.append(f"but not where {self.source(rule.unless_ended)} lies before that")
        if rule.bounds:
            where = " where that falls in it" if rule.within else ""
            parts.append(f"never later than {listed(map(self.limit, rule.bounds), 'or')}{where}")
        return f"{'; '.join(parts)}."
