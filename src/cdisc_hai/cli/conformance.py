"""``cdisc-hai conformance``: what another engine of rules told, held against the specs' ledger."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cdisc_hai.cli.options import EXISTING_FILE, json_option, quiet_option, specs_option

CODES = """
Exit codes: 0 every issue is explained; 2 wrong use; 10 faulty specs; 16 an issue is not explained,
or an explanation is stale.
"""


@click.command(epilog=CODES)
@click.option(
    "--report", type=EXISTING_FILE, required=True, help="JSON report of CDISC CORE on a build."
)
@specs_option
@json_option
@quiet_option
@click.pass_context
def conformance(
    context: click.Context, report: Path, specs: Path | None, as_json: bool, quiet: bool
) -> None:
    """Hold a report of CDISC CORE against explained.yaml of the specs."""
    from cdisc_hai.build import conformance as compared  # noqa: PLC0415 - only when it is needed
    from cdisc_hai.report import findings_lines  # noqa: PLC0415 - as above

    told = compared(report=report, specs=specs)
    if as_json:
        click.echo(json.dumps(told.as_json(), ensure_ascii=False, indent=1))
    elif not quiet:
        click.echo("\n".join(told.lines()))
        click.echo(findings_lines(told.findings, limit=100))
    context.exit(told.exit_code)
