"""``cdisc-hai spec``: what can be told of specs without data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from cdisc_hai.cli.options import EXISTING_FILE, FOLDER, json_option, quiet_option, specs_option
from cdisc_hai.cli.run import Failing

CHECK_CODES = """
Exit codes: 0 clean; 2 wrong use; 10 faults in the specs; 16 differences from the terminology.
"""


@click.group(cls=Failing)
def spec() -> None:
    """Specs, looked at without data."""


@spec.command(epilog=CHECK_CODES)
@specs_option
@click.option(
    "--ct",
    multiple=True,
    type=EXISTING_FILE,
    help="Controlled terminology of NCI, tab-delimited text or ODM-XML; may be repeated.",
)
@json_option
@quiet_option
@click.pass_context
def check(
    context: click.Context, specs: Path | None, ct: tuple[Path, ...], as_json: bool, quiet: bool
) -> None:
    """All faults of the specs at once: the format, the guides, the terminology."""
    from cdisc_hai.build.spec import spec_check  # noqa: PLC0415 - only when it is needed
    from cdisc_hai.report.spec_text import report_text  # noqa: PLC0415 - as above

    report = spec_check(specs, ct=ct)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    elif not quiet or report.exit_code:
        click.echo(report_text(report.faults, report.differences, report.notes))
    context.exit(report.exit_code)


@spec.command()
@click.argument("dataset")
@specs_option
@json_option
def show(dataset: str, specs: Path | None, as_json: bool) -> None:
    """One dataset's spec as a table that a person can read: spec show TR."""
    from cdisc_hai.build.spec import spec_table  # noqa: PLC0415 - only when it is needed
    from cdisc_hai.report.spec_pages import table_json, table_text  # noqa: PLC0415 - as above

    table = spec_table(dataset, specs=specs)
    click.echo(_json(table_json(table)) if as_json else table_text(table, _width()))


@spec.command()
@click.argument("variable", metavar="DATASET.VARIABLE")
@specs_option
@json_option
def explain(variable: str, specs: Path | None, as_json: bool) -> None:
    """How one variable comes about, in words, with the lines: spec explain TR.TRSTRESN."""
    from cdisc_hai.build.spec import spec_account  # noqa: PLC0415 - only when it is needed
    from cdisc_hai.report.spec_pages import account_json, account_text  # noqa: PLC0415 - as above

    account = spec_account(variable, specs=specs)
    click.echo(_json(account_json(account)) if as_json else account_text(account, _width()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _width() -> int:
    return shutil.get_terminal_size((140, 24)).columns


@spec.command()
@click.option("--out", type=FOLDER, required=True, help="Folder to write to.")
def schema(out: Path) -> None:
    """The JSON Schema of the spec files, by which editors complete and check."""
    from cdisc_hai.build.spec import write_schemas  # noqa: PLC0415 - only when it is needed

    for path in write_schemas(out):
        click.echo(path)
