"""Every key of every kind of spec file: what may stand there, and what it says.

The readers decide what is taken; these tables are what editors and people are told, and the tests
hold the two together. A kind is ``text``, ``texts`` (one or a list), ``number``, ``flag``, ``any``,
``map`` (names to anything), ``where`` (a condition), ``type``, ``column``, ``columns`` (one or a
list), ``role``, or a construct: ``@NAME`` one, ``[NAME]`` a list, ``{NAME}`` names to them.
``$STAGE`` is an operation of that stage, ``$sdtm`` one of a variable of SDTM.
"""

from __future__ import annotations

from collections.abc import Mapping

from cdisc_hai.findings import SEVERITIES
from cdisc_hai.metadata.key import Key
from cdisc_hai.metadata.raw_keys import RAW_CONSTRUCTS

_STUDY = {
    "format": Key("number", "the version of this language: 1", True),
    "id": Key("text", "the study's identifier", True),
    "title": Key("text", "the study's title, for the documents"),
    "encoding": Key("text", "of the transport files; utf-8 if not told"),
    "standards": Key("@standards", "the versions of guides, terminologies and dictionaries"),
    "constants": Key("map", "figures and texts of the protocol; others name them with $"),
    "visits": Key("[visit]", "the schedule"),
    "imputations": Key("{imputation}", "rules by which ADaM completes partial dates"),
    "cutoff": Key(
        "@sdtm_cutoff", "where ADaM finds the data cut-off in the SDTM; without it: --cutoff"
    ),
}
_STANDARDS = {
    "sdtmig": Key("text", "version of SDTMIG"),
    "sdtm": Key("text", "version of the SDTM model"),
    "sdtm_terminology": Key("text", "date of the SDTM terminology"),
    "adamig": Key("text", "version of ADaMIG"),
    "adam_terminology": Key("text", "date of the ADaM terminology"),
    "define": Key("text", "version of Define-XML"),
    "meddra": Key("text", "version of MedDRA"),
    "whodrug": Key("text", "version of WHODrug"),
    "ctcae": Key("text", "version of CTCAE"),
}
_SDTM_CUTOFF = {
    "dataset": Key("text", "the dataset", True),
    "where": Key("where", "which of its records"),
    "variable": Key("text", "the variable that holds the date", True),
}
_VISIT = {
    "name": Key("text", "the name, as the export writes it; {n} counts in a series", True),
    "number": Key("number", "its number"),
    "planned": Key("flag", "false for a visit outside the schedule"),
    "starts": Key("text", "when it starts, for TV"),
    "ends": Key("text", "when it ends, for TV"),
    "day": Key("number", "its planned study day, for TV"),
    "day_step": Key("number", "days from one visit of a series to the next"),
    "first": Key("number", "the first n of a series"),
    "last": Key("number", "the last n of a series"),
    "step": Key("number", "from one n to the next; 1 if not told"),
    "base": Key("number", "the number is base + n x times; 0 if not told"),
    "times": Key("number", "see base; 1 if not told"),
}
_IMPUTATION = {
    "to": Key("text", "to that day of the known month", True, ("first", "last", "middle")),
    "months": Key("flag", "a date without its month is completed too, within its year"),
    "after": Key("text", "the day after this date, where that falls into the month"),
    "same": Key("text", "this date, where it falls into the month"),
    "unless_ended": Key("text", "a date: after and same do not count where it lies before them"),
    "bounds": Key("texts", "dates that the result does not pass; CUTOFF is one"),
    "within": Key("flag", "bounds before the collected month, or year, do not count"),
}
_EXPLAINED = {
    "core": Key("[explanation]", "rules of CDISC CORE, as its report tells them"),
    "own": Key("[explanation]", "rules of this package"),
}
_EXPLANATION = {
    "rule": Key("text", "the rule's id", True),
    "datasets": Key("texts", "the datasets of which it speaks", True),
    "reason": Key("text", "why the data are right", True),
    "where": Key("where", "of which issues: a condition on the values that CORE tells", False),
}
_CODELISTS = {
    "codelists": Key("{codelist}", "the terms that may be submitted"),
    "recodes": Key("{recode}", "what the export holds, to terms"),
}
_CODELIST = {
    "label": Key("text", "the list's name; the key if not told"),
    "code": Key("text", "NCI's C-code; without one the list is the sponsor's own"),
    "extensible": Key("flag", "whether a sponsor may add terms"),
    "set": Key("text", "the publishing set that it comes from; SDTM if not told"),
    "terms": Key("{term}", "the terms", True),
}
_TERM = {
    "code": Key("text", "NCI's C-code"),
    "decode": Key("text", "what it means; the term itself if not told"),
    "extended": Key("flag", "true for a term that the sponsor adds to a list of CDISC"),
}
_RECODE = {
    "codelist": Key("text", "every target is a term of this list"),
    "terms": Key("map", "codes or labels of the export to terms", True),
}
_DEFINE = {
    "dictionaries": Key("{define_dictionary}", "external dictionaries, which variables name"),
    "documents": Key("{document}", "documents that lie beside a define"),
    "comments": Key("{remark}", "comments on datasets (AE) and variables (AE.AEREL)"),
    "displays": Key("[display]", "tables and figures with their analysis results"),
}
_DEFINE_DICTIONARY = {
    "dictionary": Key("text", "its name, as CDISC calls it: MedDRA, CTCAE, WHODD", True),
    "label": Key("text", "its name for people; the key if not told"),
    "standard": Key("text", "the key of study.yaml's standards with its version", True),
}
_DOCUMENT = {
    "title": Key("text", "its title", True),
    "file": Key("text", "its file, beside the define", True),
    "standard": Key("text", "sdtm or adam; of both if not told"),
}
_REMARK = {
    "text": Key("text", "the comment", True),
    "documents": Key("[reference]", "where more is told"),
}
_DISPLAY = {
    "name": Key("text", "its number, as the report has it", True),
    "title": Key("text", "its title", True),
    "documents": Key("[reference]", "where it is found"),
    "results": Key("[result]", "what it shows", True),
}
_RESULT = {
    "title": Key("text", "what was analysed", True),
    "reason": Key("text", "why: SPECIFIED IN PROTOCOL, SPECIFIED IN SAP, and two more", True),
    "purpose": Key("text", "PRIMARY, SECONDARY or EXPLORATORY OUTCOME MEASURE", True),
    "datasets": Key("[selection]", "the records and variables that it is made of", True),
    "documentation": Key("text", "how it is made, in words", True),
    "documents": Key("[reference]", "where that is told"),
    "context": Key("text", "the language of the programming statement"),
    "code": Key("text", "the programming statement"),
}
_SELECTION = {
    "dataset": Key("text", "an ADaM dataset", True),
    "where": Key("map", "values (one or a list) of its variables"),
    "variables": Key("texts", "the variables that are analysed", True),
}
_REFERENCE = {
    "document": Key("text", "a document by its name", True),
    "pages": Key("texts", "the pages that are meant"),
}
_HEAD = {
    "dataset": Key("text", "its name, of at most 8 bytes", True),
    "label": Key("text", "its label, of at most 40 bytes", True),
    "class": Key("text", "its class, as the guide calls it", True),
    "structure": Key("text", "what a record is", True),
    "comment": Key("text", "for Define-XML"),
    "keys": Key("texts", "variables that tell records apart; records are sorted by them", True),
}
_TAIL = {
    "checks": Key("[check]", "conditions that records must meet"),
    "submit": Key("flag", "false for a helper: others read it, nothing is written"),
}
_SDTM = {
    **_HEAD,
    "records": Key("{block}", "where records come from"),
    "variables": Key("[sdtm_variable]", "the variables, in the order of the file", True),
    "qualifiers": Key("[qualifier]", "variables that go to SUPP--"),
    **_TAIL,
}
_ADAM = {
    **_HEAD,
    "from": Key("text", "a dataset: each of its records makes one"),
    "where": Key("where", "which of its records"),
    "population": Key("where", "of which subjects, by variables of ADSL"),
    "lowest": Key("@lowest", "of several records of one thing that with the lowest number"),
    "moments": Key("{moment}", "dates of a subject's course, which rules name"),
    "parameters": Key("{parameter}", "parameters by PARAMCD, each with its derivation"),
    "rows": Key("{row_set}", "named derivations of records without PARAMCD"),
    "variables": Key("[adam_variable]", "the variables, in the order of the file", True),
    **_TAIL,
}
_LOWEST = {
    "record": Key("text", "the variable with the record number", True),
    "by": Key("texts", "the variables that name a thing", True),
}
_BLOCK = {
    "form": Key("text", "rows of a form"),
    "dataset": Key("text", "records of another dataset, helpers too"),
    "gather": Key("[gathered]", "one row a subject and folder, over several forms"),
    "rows": Key("rows", "rows typed here; columns are the names"),
    "schedule": Key("text", "the visits of study.yaml", False, ("visits",)),
    "where": Key("where", "which rows"),
    "with": Key("[beside]", "of a form: columns of other forms, of the same subject"),
    "first": Key("@first", "of a form: only the earliest row of each group"),
    "dates": Key(
        "columns", "of a form: columns that date these records, for a cut-off of their own"
    ),
    "long": Key("[long]", "one record for each of these groups of columns"),
    "checked": Key("@checked", "one record for each ticked box"),
    "needs": Key("texts", "datasets that must have records, else there are none of these"),
}
_LONG = {
    "columns": Key(
        "map", "columns of the form by another name; the first is to have a value", True
    ),
    "values": Key("map", "columns that are typed here, by name"),
    "where": Key("where", "which rows, in place of those with a value in the first column"),
}
_CHECKED = {
    "name": Key("text", "the column that says which box it is", True),
    "boxes": Key("map", "the columns of the boxes, each with what it is called", True),
    "ticked": Key("texts", "what a ticked box holds; 1, Checked or true if not told"),
}
_BESIDE = {
    "form": Key("text", "the other form", True),
    "columns": Key("map", "its columns by the names that they have here", True),
    "match": Key(
        "map", "columns or roles of the row, each with that of the other form, besides the subject"
    ),
    "where": Key("where", "which of its rows"),
    "pick": Key(
        "text",
        "first (if not told) or last of several, in the order of the export",
        False,
        ("first", "last"),
    ),
}
_GATHERED = {
    "form": Key("text", "the form", True),
    "where": Key("where", "which rows of it"),
    "start": Key("column", "the column with the start", True),
    "end": Key("column", "the column with the end"),
}
_FIRST = {
    "date": Key("column", "the column with the date", True),
    "by": Key("columns", "columns or roles that make a group", True),
}
_VARIABLE = {
    "name": Key("text", "as submitted; a working variable begins with _"),
    "use": Key("texts", "takes what is not said here from common.yaml; a list takes several"),
    "label": Key("text", "of at most 40 bytes; a working variable needs none"),
    "type": Key("type", "text if not told"),
    "codelist": Key("text", "the terms that it may hold"),
    "format": Key("text", "a SAS format, such as DATE9."),
    "role": Key("text", "as the guide has it"),
    "core": Key("text", "Req: never empty; Perm: not written where it is empty in every record"),
    "origin": Key("text", "its origin, where it does not follow from the operation"),
    "comment": Key("text", "for Define-XML; of a qualifier by an evaluator it is QEVAL"),
    "dictionary": Key("text", "the dictionary of define.yaml by which it is coded"),
    "sponsor": Key("flag", "the study's own variable, which the guide does not have"),
    "keep": Key("flag", "false for a working variable, which is not written"),
    "map": Key("$sdtm", "the operation that makes it, or a list of them for different records"),
    "derive": Key("$column", "the derivation that makes it"),
}
_CHECK = {
    "rule": Key("text", "the name of the finding", True),
    "severity": Key("text", "error, warning or note", True, SEVERITIES),
    "message": Key("text", "what is wrong", True),
    "mend": Key("text", "what is to be done about it", True),
    "where": Key("where", "which records are asked"),
    "test": Key("$check", "the test that they must pass", True),
}
_PARAMETER = {
    "param": Key("text", "PARAM", True),
    "attributes": Key("map", "constants of its records, as AVALU"),
    "population": Key("where", "which subjects, by variables of ADSL"),
    "codelist": Key("text", "the terms of its AVALC"),
    "derive": Key("$records", "the derivation that makes its records", True),
}
_ROW_SET = {key: found for key, found in _PARAMETER.items() if key not in ("param", "codelist")}

CONSTRUCTS: Mapping[str, Mapping[str, Key]] = {
    "study": _STUDY,
    "standards": _STANDARDS,
    "sdtm_cutoff": _SDTM_CUTOFF,
    "visit": _VISIT,
    "imputation": _IMPUTATION,
    "explained": _EXPLAINED,
    "explanation": _EXPLANATION,
    **RAW_CONSTRUCTS,
    "codelists": _CODELISTS,
    "codelist": _CODELIST,
    "term": _TERM,
    "recode": _RECODE,
    "sdtm": _SDTM,
    "adam": _ADAM,
    "lowest": _LOWEST,
    "block": _BLOCK,
    "long": _LONG,
    "checked": _CHECKED,
    "gathered": _GATHERED,
    "beside": _BESIDE,
    "first": _FIRST,
    "sdtm_variable": {k: v for k, v in _VARIABLE.items() if k != "derive"},
    "qualifier": {k: v for k, v in _VARIABLE.items() if k != "derive"},
    "common": {k: v for k, v in _VARIABLE.items() if k not in ("derive", "name", "use")},
    "adam_variable": {k: v for k, v in _VARIABLE.items() if k != "map"},
    "check": _CHECK,
    "parameter": _PARAMETER,
    "row_set": _ROW_SET,
    "define": _DEFINE,
    "define_dictionary": _DEFINE_DICTIONARY,
    "document": _DOCUMENT,
    "remark": _REMARK,
    "display": _DISPLAY,
    "result": _RESULT,
    "selection": _SELECTION,
    "reference": _REFERENCE,
}
"""The constructs of spec files by name."""

FILES = ("study", "raw", "codelists", "define", "explained", "sdtm", "adam")
"""The constructs that are a whole file."""
