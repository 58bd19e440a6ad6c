"""The commands of RECIST."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from cdisc_hai.cli.options import EXISTING, json_option, quiet_option, specs_option
from cdisc_hai.cli.run import Failing

DIFFERENCES = 16
EXIT_CODES = """
Exit codes: 0 no difference; 2 wrong use; 10 faulty specs; 11 unusable SDTM; 13 derivation failed;
16 differences.
"""

sdtm_option = click.option(
    "--sdtm", type=EXISTING, required=True, help="Folder of SDTM transport files."
)
cutoff_option = click.option("--cutoff", help="Data cut-off, as 2025-12-31; before the SDTM's own.")

responses_option = click.option(
    "--responses",
    help="The derivation meant, as XASM.DOVR, where the specs have several (readers).",
)


@click.group(cls=Failing)
def recist() -> None:
    """Tumour responses derived from the lesions by RECIST 1.1."""


@recist.command(epilog=EXIT_CODES)
@sdtm_option
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="A page to write.")
@specs_option
@cutoff_option
@responses_option
@json_option
@quiet_option
@click.pass_context
def reconcile(
    context: click.Context,
    *,
    sdtm: Path,
    html: Path | None,
    specs: Path | None,
    cutoff: str | None,
    responses: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """List every assessment where the derived and the investigator's response differ."""
    from cdisc_hai.build.reconcile import reconcile as reconciled  # noqa: PLC0415 - pandas when needed
    from cdisc_hai.report.course import difference_lines  # noqa: PLC0415 - as above

    found = reconciled(sdtm=sdtm, specs=specs, cutoff=cutoff, responses=responses, html=html)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    elif not quiet:
        for line in difference_lines(found.courses):
            click.echo(line)
        click.echo(
            f"{found.differences} of {found.compared} assessments differ, in {len(found.courses)}"
            f" of {found.subjects} subjects" + (f"; see {html}" if html else "")
        )
    context.exit(DIFFERENCES if found.differences else 0)


@recist.command()
@sdtm_option
@click.argument("subject")
@specs_option
@cutoff_option
@responses_option
@json_option
def show(
    sdtm: Path,
    subject: str,
    specs: Path | None,
    cutoff: str | None,
    responses: str | None,
    as_json: bool,
) -> None:
    """Draw the lesions of SUBJECT by visit, with sums and responses."""
    from cdisc_hai.build.reconcile import show as shown  # noqa: PLC0415 - pandas when needed
    from cdisc_hai.report.course import course_lines  # noqa: PLC0415 - as above

    course = shown(sdtm=sdtm, subject=subject, specs=specs, cutoff=cutoff, responses=responses)
    if as_json:
        click.echo(json.dumps(asdict(course), ensure_ascii=False, indent=1))
        return
    for line in course_lines(course):
        click.echo(line)
