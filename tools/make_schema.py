"""Writes src/cdisc_hai/metadata/schema/*.schema.json: the format of the specs, for editors."""

from __future__ import annotations

from pathlib import Path

from cdisc_hai.build.spec import write_schemas

TARGET = Path(__file__).parents[1] / "src" / "cdisc_hai" / "metadata" / "schema"

if __name__ == "__main__":
    write_schemas(TARGET)
