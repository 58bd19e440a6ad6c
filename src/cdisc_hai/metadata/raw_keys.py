"""The keys of raw.yaml: what may stand there, and what it says (kinds as in ``keys``)."""

from __future__ import annotations

from collections.abc import Mapping

from cdisc_hai.metadata.key import Key
from cdisc_hai.metadata.raw_layout import ODM_KEYS
from cdisc_hai.metadata.study_file import ROLES

_LAYOUT = {
    "encoding": Key("text", "of text files; found out if not told"),
    "delimiter": Key("text", "between cells: one character, or comma, semicolon, tab, pipe"),
    "header_row": Key("number", "the row that names the columns; 1 if not told"),
}
_RAW = {
    "columns": Key("@columns", "leading columns of every form, by their roles", True),
    **_LAYOUT,
    "subject_key": Key("roles", "the roles that make a subject unique", True),
    "separator": Key("text", "between the parts of the key; - if not told"),
    "subjects_form": Key("text", "the form that every subject has", True),
    "active_value": Key("text", "what an active record says"),
    "date_formats": Key("texts", "every way in which the export writes a date", True),
    "unknown_parts": Key("texts", "what stands for an unknown part of a date"),
    "dictionary": Key("@dictionary", "the export's own data dictionary"),
    "cutoff": Key("@raw_cutoff", "where the export tells the data cut-off"),
    "missing": Key("texts", "what stands for a missing value, as NA"),
    "decimal_mark": Key("text", "in numbers; a point if not told"),
    "time_formats": Key("texts", "every way in which a time stands in a column of its own"),
    "earliest_date": Key("text", "no date of the export can lie before it, as 1900-01-01"),
    "days_ahead": Key(
        "number", "how many days after the export's last saving a date of it may lie"
    ),
    "odm": Key("@odm", "how ODM-XML becomes tables"),
    "ignore": Key("texts", "files of the folder that are no forms"),
    "forms": Key("{form}", "the forms by name", True),
}
_COLUMNS = {role: Key("text", "the column of this role") for role in ROLES}
_DICTIONARY = {
    "items": Key("@items", "the file of the items"),
    "codes": Key("@codes", "the file of the codes"),
    "decode_suffix": Key("text", "ends a column that decodes a coded item"),
    "code_suffix": Key("text", "ends a column that holds the code of an item"),
    "suffixes": Key("texts", "end columns that stand beside an item"),
    "checkbox": Key("text", "stands between an item and a code in the columns of a checkbox"),
}
_ITEMS = {
    "file": Key("text", "its file in the folder of the export", True),
    "item": Key("text", "the column with the item's name", True),
    "form": Key("text", "the column with the form's name"),
    "form_label": Key("text", "the column with the form's title"),
    "label": Key("text", "the column with the item's question"),
    "type": Key("text", "the column with the item's type"),
    "format": Key("text", "the column with the item's format"),
    "unit": Key("text", "the column with the item's unit"),
    "codelist": Key("text", "the column with the name of the item's list of codes"),
    "choices": Key("text", "the column with the item's codes and their decodes in one cell"),
}
_CODES = {
    "file": Key("text", "its file in the folder of the export", True),
    "codelist": Key("text", "the column with the list's name", True),
    "code": Key("text", "the column with the code", True),
    "decode": Key("text", "the column with the decode"),
}
_RAW_CUTOFF = {
    "file": Key("text", "a JSON file of the export", True),
    "key": Key("text", "the key at its top that holds the date", True),
}
_ODM = {
    "rows": Key("text", "what becomes a row; group if not told", False, ("group", "form")),
    "columns": Key("{odm_column}", "columns made from the keys of a record"),
}
_ODM_COLUMN = {
    "key": Key("text", "the key of the record", True, ODM_KEYS),
    "after": Key("text", "only what stands behind this text"),
    "before": Key("text", "only what stands before this text"),
    "values": Key("map", "values to be written otherwise"),
}
_FORM = {
    "file": Key("text", "its file, if not the form's name with .csv"),
    "table": Key("text", "the sheet of a workbook, or the table of a file with several"),
    **_LAYOUT,
    "columns": Key("@columns", "roles of this form that differ, or come on top"),
    "dates": Key("columns", "the columns that date a record, for the cut-off"),
    "where": Key("where", "which rows of the file are records of this form"),
    "filled": Key("columns", "the form's own columns: a row without any of them is none of it"),
    "in_dictionary": Key("text", "what the dictionary calls it, if otherwise"),
    "required": Key("flag", "without its file nothing is built"),
    "once_per_subject": Key("flag", "a subject has it once; the lowest record number stays"),
    "once_per": Key("columns", "columns or roles that name a record; a second one is told"),
    "unique_by": Key("columns", "columns or roles that make a record, in place of its number"),
    "not_submitted": Key("[not_submitted]", "rows that no dataset takes, each with the reason"),
    "answers": Key("[answers]", "which questions a record is to answer, and how"),
    "steady": Key("[steady]", "columns that say the same in all records of one thing"),
}
_ANSWERS = {
    "where": Key("where", "which records are asked"),
    "present": Key("columns", "the columns that have a value"),
    "absent": Key("columns", "the columns that have none"),
    "must": Key("where", "a condition that the record meets"),
    "message": Key("text", "what is wrong with a record that does not meet 'must'"),
}
_STEADY = {
    "by": Key("columns", "columns or roles that name a thing", True),
    "columns": Key("columns", "columns that then say the same", True),
    "where": Key("where", "which records are compared"),
}
_NOT_SUBMITTED = {
    "where": Key("where", "which rows"),
    "reason": Key("text", "why", True),
}

RAW_CONSTRUCTS: Mapping[str, Mapping[str, Key]] = {
    "raw": _RAW,
    "columns": _COLUMNS,
    "dictionary": _DICTIONARY,
    "items": _ITEMS,
    "codes": _CODES,
    "raw_cutoff": _RAW_CUTOFF,
    "odm": _ODM,
    "odm_column": _ODM_COLUMN,
    "form": _FORM,
    "not_submitted": _NOT_SUBMITTED,
    "answers": _ANSWERS,
    "steady": _STEADY,
}
"""The constructs of raw.yaml by name."""
