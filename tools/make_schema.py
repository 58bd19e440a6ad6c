"""Writes what is told of the format of specs: the JSON Schemas, and the tables of docs/specs.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cdisc_hai.build.spec import write_schemas
from cdisc_hai.metadata.key import Key
from cdisc_hai.metadata.keys import CONSTRUCTS

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "src" / "cdisc_hai" / "metadata" / "schema"
PAGE = ROOT / "docs" / "specs.md"
BEGIN, END = "<!-- keys -->", "<!-- end of keys -->"

TITLES = {
    "study": "study.yaml",
    "standards": "study.yaml: `standards`",
    "sdtm_cutoff": "study.yaml: `cutoff`",
    "visit": "study.yaml: an entry of `visits`",
    "imputation": "study.yaml: one of `imputations`",
    "raw": "raw.yaml",
    "columns": "raw.yaml: `columns`, of all forms or of one",
    "dictionary": "raw.yaml: `dictionary`",
    "items": "raw.yaml: `items` of the dictionary",
    "codes": "raw.yaml: `codes` of the dictionary",
    "raw_cutoff": "raw.yaml: `cutoff`",
    "odm": "raw.yaml: `odm`",
    "odm_column": "raw.yaml: one of the `columns` of `odm`",
    "form": "raw.yaml: one of `forms`",
    "not_submitted": "raw.yaml: an entry of `not_submitted`",
    "answers": "raw.yaml: an entry of `answers`",
    "steady": "raw.yaml: an entry of `steady`",
    "codelists": "codelists.yaml",
    "codelist": "codelists.yaml: one of `codelists`",
    "term": "codelists.yaml: one of `terms`",
    "recode": "codelists.yaml: one of `recodes`",
    "sdtm": "sdtm/*.yaml",
    "block": "sdtm/*.yaml: one of `records`, with one of the first five keys",
    "gathered": "sdtm/*.yaml: an entry of `gather`",
    "beside": "sdtm/*.yaml: an entry of `with`",
    "first": "sdtm/*.yaml: `first`",
    "sdtm_variable": "sdtm/*.yaml: an entry of `variables` or `qualifiers`",
    "adam": "adam/*.yaml",
    "adam_variable": "adam/*.yaml: an entry of `variables`",
    "lowest": "adam/*.yaml: `lowest`",
    "parameter": "adam/*.yaml: one of `parameters`",
    "row_set": "adam/*.yaml: one of `records`",
    "check": "an entry of `checks`",
    "define": "define.yaml",
    "define_dictionary": "define.yaml: one of `dictionaries`",
    "document": "define.yaml: one of `documents`",
    "remark": "define.yaml: one of `comments`",
    "display": "define.yaml: one of `displays`",
    "result": "define.yaml: one of the `results` of a display",
    "selection": "define.yaml: one of the `datasets` of a result",
    "reference": "define.yaml: a place in a document",
    "explained": "explained.yaml",
    "explanation": "explained.yaml: an entry of `core` or `own`",
    "long": "sdtm/*.yaml: an entry of `long`",
    "checked": "sdtm/*.yaml: `checked`",
}
LIKE_VARIABLES = {"qualifier", "common"}
"""Constructs that have the keys of variables, and so no table of their own."""


def keys_text() -> str:
    """The tables of keys in Markdown."""
    parts = [
        f"### {title}\n\n| key | must | says |\n|---|---|---|\n" + "".join(_rows(CONSTRUCTS[name]))
        for name, title in _titles()
    ]
    return "\n".join(parts)


def _titles() -> Iterator[tuple[str, str]]:
    """Every construct with its title, one that has none here by its name, at the end."""
    yield from TITLES.items()
    yield from ((n, f"`{n}`") for n in CONSTRUCTS if n not in {*TITLES, *LIKE_VARIABLES})


def _rows(keys: Mapping[str, Key]) -> Iterator[str]:
    for name, key in keys.items():
        must = "yes" if key.required else ""
        choices = f" ({', '.join(key.choices)})" if key.choices else ""
        yield f"| `{name}` | {must} | {key.says}{choices} |\n"


def page_text(page: str) -> str:
    """A page with its tables made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{keys_text()}\n{END}{after}"


if __name__ == "__main__":
    write_schemas(SCHEMAS)
    PAGE.write_text(page_text(PAGE.read_text("utf-8")), "utf-8", newline="\n")
