"""The values of an operation's parameters in words, by the kind that the operation declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cdisc_hai.metadata.model import Step
from cdisc_hai.metadata.reads import SUBJECT_LEVEL
from cdisc_hai.metadata.words.names import Names
from cdisc_hai.metadata.words.phrases import any_value, constant, enumerated, listed
from cdisc_hai.registry import Operation

_EITHER = ("text", "any", "shape:exists_source", "shape:window")
_IN_TURN = ("shape:case", "shape:ranked", "shape:tte_rule")


class Values:
    """Words for the parameters of one operation."""

    def __init__(self, names: Names, operation: Operation, step: Step) -> None:
        self.names, self.operation, self.step = names, operation, step
        self.moments: Mapping[str, Mapping[str, Any]] = step.params.get("moments") or {}

    def words(self, kind: str, value: Any, within: Mapping[str, Any]) -> str:
        """A value of any kind; ``within`` is the mapping that it stands in."""
        if kind.startswith("["):
            inner = kind[1:-1]
            every = value if isinstance(value, list | tuple) else [value]
            parts = [self.words(inner, item, within) for item in every]
            if inner == "shape:tte_rule":
                parts = [f"({number}) {part}" for number, part in enumerate(parts, start=1)]
            if inner in _IN_TURN:
                return "; ".join(parts)
            return enumerated(parts, "or" if inner in _EITHER else "and")
        if kind == "{variable_of}":
            pairs = [(k, self.words("variable_of", v, within)) for k, v in value.items()]
            return ", ".join(k if k == v else f"{k} = {v}" for k, v in pairs)
        if kind.startswith("{"):
            return "; ".join(f"{k}: {self.words(kind[1:-1], v, within)}" for k, v in value.items())
        if kind.startswith("shape:"):
            shape: _Shape = _SHAPES.get(kind.removeprefix("shape:"), _generic)
            return shape(self, value)
        return self._plain(kind, value, within)

    def _plain(self, kind: str, value: Any, within: Mapping[str, Any]) -> str:
        names, text = self.names, str(value)
        other = str(within.get("dataset", "")) or str(within.get("value", "")).partition(".")[0]
        makers: dict[str, Callable[[], str]] = {
            "variable": lambda: names.own(text),
            "either": lambda: (names.source if "." in text else names.own)(text),
            "ordering": lambda: _ordering(names, text),
            "ordering_of": lambda: _ordering_of(names, other, text),
            "formula": lambda: _formula(names.own, value),
            "part_formula": lambda: _formula(str, value),
            "terms": lambda: _terms(value),
            "match": lambda: _match(names, other, value),
            "column": lambda: names.column(text),
            "source": lambda: names.source(text),
            "dataset": lambda: names.called(text),
            "variable_of": lambda: names.variable_of(other, text),
            "where": lambda: self._where(value),
            "where_of": lambda: names.where(value, other),
            "where_value": lambda: names.where(value, other),
            "subject": lambda: names.source(f"{SUBJECT_LEVEL}.{text}"),
            "limit": lambda: names.limit(text),
            "recode": lambda: names.recode(text),
            "imputation": lambda: names.imputation(text),
            "any": lambda: any_value(value),
            "text": lambda: self._text(text),
        }
        return makers[kind]() if kind in makers else text

    def _where(self, value: Mapping[str, Any]) -> str:
        if self.operation.stage == "row":
            return self.names.row_where(value)
        return self.names.where(value)

    def _text(self, text: str) -> str:
        return self.moment(text) if text in self.moments else text

    def moment(self, name: str) -> str:
        """A moment of time-to-event rules; it is explained."""
        shown = name.replace("_", " ")
        known = self.names.dataset.moment_places
        at = known.get((self.step.at, name)) or known.get(("", name)) or self.step.at
        self.names.notes.need(shown, lambda: f"{_moment(self, self.moments[name])}.", at)
        return shown


def _ordering(names: Names, text: str) -> str:
    name, _, word = text.partition(" ")
    return f"{names.own(name)} from the highest down" if word else names.own(name)


def _ordering_of(names: Names, dataset: str, text: str) -> str:
    name, _, word = text.partition(" ")
    shown = names.variable_of(dataset, name)
    return f"{shown} from the highest down" if word else shown


def _terms(value: Mapping[str, Any]) -> str:
    """Each term with the terms that it is told with."""
    pairs = ((k, v if isinstance(v, list) else [v]) for k, v in value.items())
    return "; ".join(f"{term}: {listed(list(map(str, others)), 'or')}" for term, others in pairs)


def _match(names: Names, dataset: str, pairs: Mapping[str, str]) -> str:
    said = [
        f"the same {names.own(own)}"
        if own == theirs
        else f"{names.variable_of(dataset, theirs)} equal to {names.own(own)}"
        for own, theirs in pairs.items()
    ]
    return listed(said, "and")


_SIGNS = {"sum": " + ", "difference": " - ", "product": " * ", "quotient": " / ", "power": " ** "}


def _formula(own: Callable[[str], str], formula: Any, inner: bool = False) -> str:
    """A formula as people write it, with brackets around each part of several."""
    if not isinstance(formula, Mapping):
        return own(formula) if isinstance(formula, str) else str(formula)
    ((word, parts),) = formula.items()
    every = parts if isinstance(parts, list) else [parts]
    if word in _SIGNS:
        said = _SIGNS[word].join(_formula(own, part, True) for part in every)
        return f"({said})" if inner else said
    return f"{word}({', '.join(_formula(own, part) for part in every)})"


def _case(values: Values, case: Mapping[str, Any]) -> str:
    if "column" in case:
        said = values.names.column(case["column"])
    elif "variable" in case:
        said = values.names.own(case["variable"])
    else:
        said = constant(case.get("value"))
    where = values.words("where", case["when"], case) if case.get("when") else ""
    return f"{said} where {where}" if where else f"otherwise {said}"


def _dated(values: Values, source: Mapping[str, Any]) -> str:
    """The dates of a source, with the condition on its records and what completes them."""
    name = values.names.source(f"{source['dataset']}.{source['date']}")
    said = [name]
    if source.get("where"):
        said.append(f"for which {values.words('where_of', source['where'], source)}")
    if source.get("otherwise"):
        other = values.words("variable_of", source["otherwise"], source)
        said.append(f"(or else {other})")
    if source.get("impute"):
        said.append(f"(partial dates by {values.names.imputation(source['impute'])})")
    return " ".join(said)


def _existing(values: Values, source: Mapping[str, Any]) -> str:
    said = [values.names.called(source["dataset"])]
    if source.get("where"):
        said.append(f"for which {values.words('where_of', source['where'], source)}")
    if source.get("date"):
        date = values.words("variable_of", source["date"], source)
        sides = (("not_before", "on or after"), ("after", "after"), ("before", "before"))
        for key, word in sides:
            if key in source:
                said.append(f"with {date} {word} {values.names.own(source[key])}")
        if "not_after" in source:
            said.append(f"with {date} not after {values.names.limit(str(source['not_after']))}")
    return " ".join(said)


def _window(values: Values, window: Mapping[str, Any]) -> str:
    plus = f" plus {window['plus_days']} days" if window.get("plus_days") else ""
    if window.get("dataset"):
        said = f"from {_dated(values, window)}"
        if window.get("not_before"):
            said += f", on or after {values.names.source(window['not_before'])},"
        said += f" to {window['plus_days']} days after it" if plus else " alone"
    else:
        said = f"from {values.names.source(window['from'])}"
        if window.get("to"):
            said += f" to {values.names.source(window['to'])}{plus}"
    if window.get("when"):
        said += f", where {values.words('where', window['when'], window)}"
    return said


def _moment(values: Values, moment: Mapping[str, Any]) -> str:
    for key, word in (("first_of", "the earliest of"), ("last_of", "the latest of")):
        if key in moment:
            return f"{word} {listed(map(values.moment, moment[key]), 'and')}"
    if "from" in moment:
        return f"{moment.get('plus_days', 0)} days after {values.moment(moment['from'])}"
    which = "" if moment.get("dataset") == SUBJECT_LEVEL else f"the {moment.get('pick', 'first')} "
    dated = _dated_parameter if "parameter" in moment else _dated
    said = [f"{which}{dated(values, moment)}"]
    for key, word in _LIMITS.items():
        if key in moment:
            said.append(f"{word} {values.moment(moment[key])}")
    return ", ".join(said)


def _dated_parameter(values: Values, moment: Mapping[str, Any]) -> str:
    """The dates of a parameter of the same dataset, with the condition on its records."""
    said = f"{moment.get('date', 'ADT')} of the parameter {moment.get('parameter')}"
    if moment.get("where"):
        said += f" for which {values.words('where', moment['where'], moment)}"
    return said


_LIMITS = {
    "not_before": "on or after",
    "after": "after",
    "not_after": "on or before",
    "before": "before",
}


def _test(values: Values, test: Mapping[str, Any]) -> str:
    said = []
    if "any" in test:
        said.append(f"either {' or '.join(_test(values, one) for one in test['any'])}")
    if "present" in test:
        said.append(f"there is {_article(values.moment(test['present']))}")
    if "absent" in test:
        said.append(f"there is no {values.moment(test['absent'])}")
    if "earlier" in test:
        one, other = map(values.moment, test["earlier"])
        said.append(f"{one} lies before {other}")
    if "more_than_days" in test:
        start, end = values.moment(test["from"]), values.moment(test["to"])
        said.append(f"{end} lies more than {test['more_than_days']} days after {start}")
    return " and ".join(said)


def _rule(values: Values, rule: Mapping[str, Any]) -> str:
    tests = ", and ".join(_test(values, test) for test in rule.get("when") or [])
    event = "event" if rule["censor"] == 0 else f"censored, CNSR {rule['censor']}"
    what = f', "{rule["description"]}"' if rule.get("description") else ""
    when = f"where {tests}" if tests else "otherwise"
    return f"{when}: {values.moment(rule['date'])} ({event}{what})"


def _ranked(values: Values, choice: Mapping[str, Any]) -> str:
    known = values.moments.get(str(choice["moment"]), {})
    given = choice.get("value")
    said = f"{known.get('value', 'Y')} there" if given is None else constant(given)
    return f"{said} with {values.moment(choice['moment'])}"


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'AEIO' else 'a'} {name}"


def _generic(_: Values, shape: Mapping[str, Any]) -> str:
    """A mapping of a shape that has no words of its own."""
    return ", ".join(f"{key.replace('_', ' ')} {any_value(value)}" for key, value in shape.items())


_Shape = Callable[[Values, Any], str]
_SHAPES: dict[str, _Shape] = {
    "case": _case,
    "date_source": _dated,
    "day_source": _dated,
    "exists_source": _existing,
    "moment": _moment,
    "ranked": _ranked,
    "test": _test,
    "tte_rule": _rule,
    "window": _window,
}
