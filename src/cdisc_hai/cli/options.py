"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
EXISTING = click.Path(path_type=Path, file_okay=False, exists=True)
EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)

specs_option = click.option(
    "--specs", type=EXISTING, help="The study's folder of specs; without it, the shipped study."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
quiet_option = click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
