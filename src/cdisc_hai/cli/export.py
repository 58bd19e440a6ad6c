"""Commands on an export itself: ``init`` and ``check`` before a build, ``queries`` after one."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cdisc_hai.cli.options import EXISTING, json_option, quiet_option, specs_option

FILE = click.Path(path_type=Path, dir_okay=False)
CODES = """
Exit codes: 0 clean; 2 wrong use; 10 faulty specs; 11 the export cannot be built from; 14 it can,
with findings of severity error.
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--raw", type=EXISTING, required=True, help="Folder that the EDC system exported.")
@click.option("--study", default="", help="The study's identifier; without it, the export's.")
@json_option
@quiet_option
def init(folder: Path, raw: Path, study: str, as_json: bool, quiet: bool) -> None:
    """Draft FOLDER/specs for a new study from its export; what is not sure is marked TODO."""
    from cdisc_hai.build import draft_specs  # noqa: PLC0415 - pandas only when it is needed

    files = draft_specs(folder=folder, raw=raw, study=study)
    todo = {name: text.count("TODO") for name, text in files.items()}
    if as_json:
        click.echo(json.dumps({"folder": str(folder / "specs"), "todo": todo}, indent=1))
    elif not quiet:
        click.echo("\n".join(f"{folder / 'specs' / n}: {count} TODO" for n, count in todo.items()))
        click.echo(f"next: cdisc-hai check --raw {raw} --specs {folder / 'specs'}")


@click.command(epilog=CODES)
@click.option("--raw", type=EXISTING, required=True, help="Folder that the EDC system exported.")
@specs_option
@json_option
@quiet_option
@click.pass_context
def check(
    context: click.Context, raw: Path, specs: Path | None, as_json: bool, quiet: bool
) -> None:
    """Look at an export before anything is built: what is missing, new, unknown or unreadable."""
    from cdisc_hai.build import check_raw  # noqa: PLC0415 - pandas only when it is needed
    from cdisc_hai.report import findings_json, findings_lines  # noqa: PLC0415 - as above

    report = check_raw(raw=raw, specs=specs)
    if as_json:
        click.echo(findings_json(report.findings, None), nl=False)
    elif not quiet:
        rows = "".join(f"  {form} {count:,}\n" for form, count in sorted(report.rows.items()))
        click.echo(f"rows read\n{rows}" if rows else "", nl=False)
        click.echo(findings_lines(report.findings) or f"{raw}: no findings")
    errors = any(finding.severity == "error" for finding in report.findings)
    context.exit(11 if not report.usable else 14 if errors else 0)


@click.command()
@click.option(
    "--build", "folder", type=EXISTING, required=True, help="Folder that a build wrote (--out)."
)
@click.option("--xlsx", type=FILE, required=True, help="Workbook to write.")
@click.option(
    "--ledger",
    type=FILE,
    help="The last list (.xlsx or .csv), whose status and comments go over; may be the file that "
    "is written, which need not be there yet.",
)
@click.option("--notes", is_flag=True, help="List findings of severity note too.")
@json_option
@quiet_option
def queries(
    folder: Path, xlsx: Path, ledger: Path | None, notes: bool, as_json: bool, quiet: bool
) -> None:
    """Write the findings of a build as a query list by site, subject and form."""
    from cdisc_hai.build import write_queries  # noqa: PLC0415 - pandas only when it is needed

    now, gone = write_queries(build=folder, xlsx=xlsx, ledger=ledger, notes=notes)
    told = {"queries": len(now), "no longer found": len(gone), "file": str(xlsx)}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif not quiet:
        click.echo(f"{len(now)} queries, {len(gone)} no longer found: {xlsx}")
