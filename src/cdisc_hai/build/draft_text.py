"""The specs of a new study as text, from what was seen of its export; doubts are marked TODO."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from cdisc_hai.build.draft_export import DraftExport, DraftForm
from cdisc_hai.build.draft_words import domain_of, plain

BARE = re.compile(r"[A-Za-z_\u0080-\uffff][\w./ +-]*[\w]|[A-Za-z]")
SAID = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
SUPPQUAL = (
    ("STUDYID", "Study Identifier", "Identifier", "Req"),
    ("RDOMAIN", "Related Domain Abbreviation", "Identifier", "Req"),
    ("USUBJID", "Unique Subject Identifier", "Identifier", "Req"),
    ("IDVAR", "Identifying Variable", "Identifier", "Exp"),
    ("IDVARVAL", "Identifying Variable Value", "Identifier", "Exp"),
    ("QNAM", "Qualifier Variable Name", "Topic", "Req"),
    ("QLABEL", "Qualifier Variable Label", "Synonym Qualifier", "Req"),
    ("QVAL", "Data Value", "Result Qualifier", "Req"),
    ("QORIG", "Origin", "Record Qualifier", "Req"),
    ("QEVAL", "Evaluator", "Record Qualifier", "Exp"),
)


def quoted(text: str) -> str:
    """A text as YAML takes it for a text."""
    plain_one = BARE.fullmatch(text) and text.casefold() not in SAID and ": " not in text
    return text if plain_one else json.dumps(text, ensure_ascii=False)


def listed(texts: Iterable[str]) -> str:
    """A list in one line."""
    return f"[{', '.join(quoted(t) for t in texts)}]"


def mapped(pairs: Iterable[tuple[str, str]]) -> str:
    """A mapping in one line; the values are written as they are."""
    return f"{{{', '.join(f'{quoted(k)}: {v}' for k, v in pairs)}}}"


def form_names(seen: DraftExport) -> dict[str, str]:
    """A short name for each form: without what all names begin with."""
    names = [form.name for form in seen.forms]
    shared = names[0] if len(names) > 1 else ""
    for name in names[1:]:
        while not name.startswith(shared):
            shared = shared[:-1]
    cut = max(shared.rfind("_"), shared.rfind("-")) + 1
    return {name: (name[cut:] or name) for name in names}


def raw_text(seen: DraftExport, mapped_forms: Iterable[str]) -> str:
    """raw.yaml."""
    done = set(mapped_forms)
    lines = [f"# TODO: {doubt}" for doubt in seen.doubts]
    rows = {form.header_row for form in seen.forms}
    if len(rows) == 1 and rows != {1}:
        lines.append(f"header_row: {rows.pop()}")
    lines += ["columns:", *(f"  {r}: {quoted(c)}" for r, c in seen.roles.items())]
    if seen.active:
        lines.append(f"active_value: {json.dumps(seen.active)}  # TODO: the value that means yes")
    names = form_names(seen)
    lines += [
        f"subject_key: {listed(seen.key)}",
        f"subjects_form: {quoted(names[seen.subjects_form])}",
        f"date_formats: {listed(seen.formats)}",
    ]
    if seen.unknown:
        lines.append(f"unknown_parts: {listed(seen.unknown)}")
    if seen.decimal_comma:
        lines.append('decimal_mark: ","')
    if seen.cutoff:
        file, key = seen.cutoff
        lines.append(f"cutoff: {mapped([('file', quoted(file)), ('key', quoted(key))])}")
    if seen.dictionary:
        doubt = "  # TODO: say decode_suffix, code_suffix or suffixes, if there are"
        lines.append("dictionary:" + ("" if seen.beside_items else doubt))
        lines += [
            f"  {part}: {mapped((k, quoted(v)) for k, v in told.items())}"
            for part, told in sorted(seen.dictionary.items(), reverse=True)
        ]
        lines += [
            f"  {k}: {listed([v]) if k == 'suffixes' else v}" for k, v in seen.beside_items.items()
        ]
    elif seen.odm:
        lines.append("dictionary: {decode_suffix: _dec}  # the definitions of the ODM file")
    if seen.others:
        lines.append("# TODO: is one of these the dictionary? See docs/edc.md")
        lines.append(f"ignore: {listed(seen.others)}")
    lines.append("forms:")
    for form in seen.forms:
        lines.extend(_form(seen, form, names[form.name], names[form.name] in done))
    return "\n".join(lines) + "\n"


def _form(seen: DraftExport, form: DraftForm, name: str, is_mapped: bool) -> list[str]:
    lines = [f"  {quoted(name)}:"]
    own = form.table.file.partition("!")[2]
    if form.file != f"{name}.csv" or own:
        lines.append(f"    file: {quoted(_pattern(form.file, name))}")
    if own:
        lines.append(f"    table: {quoted(own)}")
    if form.where:
        lines.append(f"    where: {mapped((k, quoted(v)) for k, v in form.where.items())}")
    if form.filled:
        lines.append(f"    filled: {listed(form.filled)}")
    if form.dates:
        lines.append(f"    dates: {listed(form.dates[:1])}")
        if len(form.dates) > 1:
            lines[-1] += f"  # TODO: the date of the record; there are {', '.join(form.dates)}"
    extra = [(r, quoted(c)) for r, c in form.roles.items() if seen.roles.get(r) != c]
    if extra:
        lines.append(f"    columns: {mapped(extra)}")
    if form.name == seen.subjects_form:
        lines.append("    required: true")
        lines.append("    once_per_subject: true")
    if not is_mapped:
        lines.append('    not_submitted: [{where: {}, reason: "TODO: not mapped yet"}]')
    return lines if len(lines) > 1 else [f"  {quoted(name)}: {{}}"]


def _pattern(file: str, name: str) -> str:
    """The part of a file's name that has eight figures in a row changes from export to export."""
    dated = re.search(r"\d{8}", file)
    stem = file.rpartition(".")
    return f"*_{name}.{stem[2]}" if dated and file.endswith(f"_{name}.{stem[2]}") else file


def study_text(seen: DraftExport, study: str) -> str:
    """study.yaml."""
    lines = [
        "format: 1",
        f"id: {quoted(study)}",
        "title: TODO the title of the protocol",
        "standards:",
        '  sdtmig: "3.4"',
        '  sdtm: "2.0"',
        '  sdtm_terminology: "2025-03-28"',
        '  adamig: "1.3"',
        '  adam_terminology: "2025-03-28"',
        '  define: "2.1"',
        "cutoff: {dataset: TS, where: {TSPARMCD: DCUTDTC}, variable: TSVAL}",
        "constants:",
        f"  STUDYID: {quoted(study)}",
    ]
    if not seen.cutoff:
        lines.append(
            f'  CUTOFF: "{seen.last_day[:10]}"  # TODO: the data cut-off; this is the last date'
        )
    if seen.visits:
        lines.append("# TODO: the schedule of the protocol, and its numbers")
        lines.append("visits:")
        lines += [
            f"  - {mapped([('name', quoted(v)), ('number', str(n))])}"
            for n, v in enumerate(seen.visits, 1)
        ]
    return "\n".join(lines) + "\n"


def suppqual_text() -> str:
    """The one layout of SUPP-- datasets."""
    lines = [
        "dataset: SUPP--",
        "label: Supplemental Qualifiers for --",
        "class: RELATIONSHIP",
        "structure: One record per supplemental qualifier per related parent domain record",
        "keys: [STUDYID, RDOMAIN, USUBJID, IDVAR, IDVARVAL, QNAM]",
        "variables:",
    ]
    for name, label, role, core in SUPPQUAL:
        how = f"{{op: assign, column: {name}}}"
        head = f"name: {name}, label: {label}, type: text, role: {role}, core: {core}"
        lines.append(f"  - {{{head}, map: {how}}}")
    return "\n".join(lines) + "\n"


def domains(seen: DraftExport, known: Iterable[str]) -> dict[str, list[tuple[str, DraftForm]]]:
    """Forms by the domain that their name speaks of; the subjects' form is DM."""
    every, names = list(known), form_names(seen)
    found: dict[str, list[tuple[str, DraftForm]]] = {}
    for form in seen.forms:
        name = names[form.name]
        domain = "DM" if form.name == seen.subjects_form else domain_of(name, every)
        if domain and (domain != "DM" or form.name == seen.subjects_form):
            found.setdefault(domain, []).append((name, form))
    return dict(sorted(found.items()))


def same(column: str, variable: str) -> bool:
    """Whether a column's name is a variable's, or the variable's without its ending."""
    short = plain(column)
    bases = {variable, variable.removesuffix("DTC")}
    endings = ("", "dat", "date", "dt", "dtm", "dtc") if variable.endswith("DTC") else ("",)
    return any(short == base.casefold() + end for base in bases for end in endings)


def recodes_text(recodes: Mapping[str, Mapping[str, str]]) -> str:
    """The recodes that the dictionary's lists make; their targets are to be looked at."""
    if not recodes:
        return "recodes: {}\n"
    lines = ["recodes:"]
    for name, terms in recodes.items():
        lines.append(f"  {quoted(name)}:  # TODO: the terms, and their 'codelist'")
        lines.append("    terms:")
        folded: set[str] = set()
        for code, term in terms.items():
            if code.strip().casefold() not in folded and code.strip():
                folded.add(code.strip().casefold())
                lines.append(f"      {json.dumps(code, ensure_ascii=False)}: {quoted(term)}")
    return "\n".join(lines) + "\n"
