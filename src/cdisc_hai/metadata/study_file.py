"""study.yaml, raw.yaml and codelists.yaml read into the model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from cdisc_hai.errors import Fault
from cdisc_hai.metadata.date_formats import strange_letters
from cdisc_hai.metadata.form_parts import read_answers, read_earliest, read_steady
from cdisc_hai.metadata.model import (
    FORMAT,
    Codelist,
    Form,
    Imputation,
    Layout,
    RawSpec,
    Recode,
    Term,
    Visit,
)
from cdisc_hai.metadata.raw_layout import (
    TIME_FORMATS,
    read_layout,
    read_odm_layout,
    with_iso,
)
from cdisc_hai.metadata.shapes import Reader, did_you_mean
from cdisc_hai.metadata.spots import Spot

ROLES = (
    "study",
    "site",
    "subject",
    "folder",
    "folder_number",
    "folder_repeat",
    "activity",
    "repeat",
    "record",
    "active",
    "updated",
)


def read_study(spot: Spot, faults: list[Fault]) -> dict[str, Any]:
    """study.yaml: identity, standards, constants, visits, imputation rules."""
    top = Reader(spot, "study.yaml", faults)
    found_format = top.plain("format", kind="number", required=True)
    if found_format is not None and found_format != FORMAT:
        faults.append(
            spot.fault(f"format {found_format} of the specs is not known; this is format {FORMAT}")
        )
    study = {
        "id": top.text("id", required=True),
        "title": top.text("title"),
        "encoding": top.text("encoding", "utf-8"),
        "standards": dict(top.plain("standards", {}, "map")),
        "constants": dict(top.plain("constants", {}, "map")),
        "visits": _visits(top.entries("visits"), faults),
        "imputations": {
            name: _imputation(name, item, faults) for name, item in top.items("imputations")
        },
        "cutoff_source": dict(top.plain("cutoff", {}, "map")),
    }
    top.done()
    return study


def _visits(entries: list[Spot], faults: list[Fault]) -> tuple[Visit, ...]:
    return tuple(visit for entry in entries for visit in _visit(entry, faults))


def _visit(entry: Spot, faults: list[Fault]) -> Iterator[Visit]:
    """One entry of the schedule: a visit, or with ``first`` and ``last`` a series of them."""
    item = Reader(entry, "a visit", faults)
    name, number = item.text("name", required=True), item.plain("number", 0, "number")
    planned = item.flag("planned", True)
    starts, ends = item.text("starts"), item.text("ends")
    day, day_step = item.plain("day", None, "number"), item.plain("day_step", 0, "number")
    first, last = item.plain("first", None, "number"), item.plain("last", None, "number")
    step, base = item.plain("step", 1, "number"), item.plain("base", 0, "number")
    times = item.plain("times", 1, "number")
    item.done()
    if first is None or last is None:
        yield Visit(name, float(number), planned, day, starts, ends)
        return
    for place, n in enumerate(range(int(first), int(last) + 1, int(step))):
        told = [text.replace("{n}", str(n)) for text in (name, starts, ends)]
        on = None if day is None else day + place * day_step
        yield Visit(told[0], float(base + n * times), planned, on, told[1], told[2])


def _imputation(name: str, spot: Spot, faults: list[Fault]) -> Imputation:
    item = Reader(spot, f"imputation '{name}'", faults)
    to = item.text("to", required=True)
    if to not in ("first", "last", "middle", ""):
        faults.append(spot.fault(f"'to' of imputation '{name}' is 'first', 'last' or 'middle'"))
    rule = Imputation(
        name=name,
        to=to,
        at=spot.at,
        after=item.text("after"),
        same=item.text("same"),
        unless_ended=item.text("unless_ended"),
        months=item.flag("months"),
        bounds=item.texts("bounds"),
        within=item.flag("within"),
    )
    item.done()
    return rule


def read_raw(spot: Spot, faults: list[Fault]) -> RawSpec:
    """raw.yaml: how the export is laid out."""
    top = Reader(spot, "raw.yaml", faults)
    roles = _roles(top.get("columns", "map", required=True), "'columns'", faults)
    layout = read_layout(top, Layout())
    dictionary = dict(top.plain("dictionary", {}, "map"))
    forms = {
        name: _form(name, item, roles, layout, faults)
        for name, item in top.items("forms", required=True)
    }
    _inside_all(top, faults)
    raw = RawSpec(
        forms=forms,
        subject_parts=top.texts("subject_key", required=True),
        separator=top.text("separator", "-"),
        active_value=top.text("active_value"),
        subjects_form=top.text("subjects_form", required=True),
        date_formats=with_iso(top.texts("date_formats", required=True)),
        unknown_parts=top.texts("unknown_parts"),
        dictionary=dictionary,
        cutoff=dict(top.plain("cutoff", {}, "map")),
        at=spot.at,
        layout=layout,
        odm=read_odm_layout(
            top.get("odm", "map"), str(dictionary.get("decode_suffix", "")), faults
        ),
        ignored=top.texts("ignore"),
        missing=top.texts("missing"),
        decimal_mark=top.text("decimal_mark", "."),
        time_formats=top.texts("time_formats") or TIME_FORMATS,
        earliest_date=read_earliest(top, faults),
        days_ahead=top.plain("days_ahead", None, "number"),
    )
    top.done()
    faults.extend(_raw_faults(spot, raw, roles))
    if raw.subjects_form and raw.subjects_form not in forms:
        faults.append(spot.fault(f"'subjects_form' names '{raw.subjects_form}', no such form"))
    return raw


def _inside_all(top: Reader, faults: list[Fault]) -> None:
    """The same for the files of the dictionary and the cut-off."""
    dictionary = top.get("dictionary", "map")
    parts = list(dictionary.value.values()) if dictionary else []
    cutoff = top.get("cutoff", "map")
    for spot in [*parts, *([cutoff] if cutoff else [])]:
        if isinstance(spot.value, dict) and "file" in spot.value:
            _inside(Reader(spot, "a file", faults), "file", "", faults)


def _raw_faults(spot: Spot, raw: RawSpec, roles: dict[str, str]) -> Iterator[Fault]:
    """What raw.yaml says in one place and does not keep in another."""
    for part in raw.subject_parts:
        if part not in ROLES:
            yield spot.fault(f"'subject_key': no role '{part}'{did_you_mean(part, ROLES)}")
            continue
        for name, laid in raw.forms.items():
            if part not in laid.roles:
                yield Fault(
                    *_place(laid.at),
                    f"'subject_key' is made of '{part}', for which form '{name}' has no column",
                )
    if "active" in roles and not raw.active_value:
        yield spot.fault("the role 'active' needs 'active_value': what an active record says")
    if raw.cutoff and not {"file", "key"} <= set(raw.cutoff):
        yield spot.fault("'cutoff' needs 'file' and 'key': where the export tells the cut-off")
    for form in raw.date_formats:
        if strange_letters(form):
            yield spot.fault(
                f"date format '{form}': '{strange_letters(form)}' is none of "
                "YYYY MONTH MON MM DD HH SS AM"
            )


def _place(at: str) -> tuple[str, int]:
    file, line = at.rsplit(":", 1)
    return file, int(line)


def _roles(spot: Spot | None, what: str, faults: list[Fault]) -> dict[str, str]:
    if spot is None:
        return {}
    reader = Reader(spot, what, faults)
    roles = {role: reader.text(role) for role in ROLES}
    reader.done()
    return {role: column for role, column in roles.items() if column}


def _inside(item: Reader, key: str, default: str, faults: list[Fault]) -> str:
    """A file's plain name: a spec cannot point out of the folder of the export."""
    file = item.text(key, default)
    if PurePath(file).name != file or "\\" in file or file in ("", ".", ".."):
        faults.append(item.spot.fault(f"'{file}' is to be the plain name of a file of the export"))
    return file


def _form(
    name: str, spot: Spot, roles: dict[str, str], layout: Layout, faults: list[Fault]
) -> Form:
    item = Reader(spot, f"form '{name}'", faults)
    own = _roles(item.get("columns", "map"), f"'columns' of form '{name}'", faults)
    words = []
    for entry in item.entries("not_submitted"):
        word = Reader(entry, "'not_submitted'", faults)
        where = word.plain("where", {}, "map")
        words.append((where, word.text("reason", required=True), entry.at))
        word.done()
    form = Form(
        name=name,
        file=_inside(item, "file", f"{name}.csv", faults),
        dates=item.texts("dates"),
        roles={**roles, **own},
        at=spot.at,
        required=item.flag("required"),
        once_per_subject=item.flag("once_per_subject"),
        once_per=item.texts("once_per"),
        not_submitted=tuple(words),
        table=item.text("table"),
        layout=read_layout(item, layout),
        where=dict(item.plain("where", {}, "map")),
        filled=item.texts("filled"),
        known_as=item.text("in_dictionary", name),
        unique_by=item.texts("unique_by"),
        answers=read_answers(item, faults),
        steady=read_steady(item, faults),
    )
    item.done()
    return form


def read_codelists(
    spot: Spot, faults: list[Fault]
) -> tuple[dict[str, Codelist], dict[str, Recode]]:
    """codelists.yaml: terms with C-codes, and the codes that the export uses for them."""
    top = Reader(spot, "codelists.yaml", faults)
    lists = {name: _codelist(name, item, faults) for name, item in top.items("codelists")}
    recodes = {name: _recode(name, item, lists, faults) for name, item in top.items("recodes")}
    top.done()
    return lists, recodes


def _codelist(name: str, spot: Spot, faults: list[Fault]) -> Codelist:
    item = Reader(spot, f"codelist '{name}'", faults)
    terms = []
    for term, at in item.items("terms", required=True):
        one = Reader(at, f"term '{term}'", faults)
        code, decode = one.text("code"), one.text("decode", term)
        terms.append(Term(term, code, decode, one.flag("extended"), at.at))
        one.done()
    found = Codelist(
        name=name,
        code=item.text("code"),
        label=item.text("label", name),
        extensible=item.flag("extensible"),
        terms=tuple(terms),
        at=spot.at,
        publishing_set=item.text("set", "SDTM"),
    )
    item.done()
    return found


def _recode(name: str, spot: Spot, lists: dict[str, Codelist], faults: list[Fault]) -> Recode:
    item = Reader(spot, f"recode '{name}'", faults)
    codelist = item.text("codelist")
    terms = {code: str(at.value) for code, at in item.items("terms", required=True)}
    item.done()
    folded = [code.strip().casefold() for code in terms]
    for code, at in item.items("terms"):
        if folded.count(code.strip().casefold()) > 1:
            faults.append(at.fault(f"recode '{name}' has '{code}' twice but for case or blanks"))
    if codelist and codelist not in lists:
        faults.append(spot.fault(f"recode '{name}': no codelist '{codelist}'"))
    elif codelist:
        values = lists[codelist].values
        for code, at in item.items("terms"):
            if terms[code] not in values:
                faults.append(at.fault(f"'{terms[code]}' is not a term of codelist '{codelist}'"))
    return Recode(name, codelist, terms, spot.at)
