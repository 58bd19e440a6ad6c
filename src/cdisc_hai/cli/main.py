"""The commands. Nothing heavy is imported before a command needs it, so that --help is quick."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

import cdisc_hai
from cdisc_hai.cli.conformance import conformance
from cdisc_hai.cli.export import check, init, queries
from cdisc_hai.cli.options import EXISTING, FOLDER, json_option, quiet_option, specs_option
from cdisc_hai.cli.recist import recist
from cdisc_hai.cli.run import Failing, finish, shown_progress
from cdisc_hai.cli.spec import spec

out_option = click.option("--out", type=FOLDER, required=True, help="Folder to write to.")
raw_option = click.option(
    "--raw", type=EXISTING, required=True, help="Folder that the EDC system exported."
)

EXIT_CODES = """
Exit codes: 0 clean; 2 wrong use; 10 faulty specs; 11 unusable raw data; 12 mapping failed;
13 derivation failed (nothing is written then); 14 built, with findings of severity error.
"""


@click.group(cls=Failing, epilog=EXIT_CODES)
@click.version_option(cdisc_hai.__version__, prog_name="cdisc-hai")
def main() -> None:
    """From a raw EDC export and a folder of specs to SDTM, ADaM and their documents."""


for command in (spec, init, check, conformance, queries, recist):
    main.add_command(command)


@main.command(epilog=EXIT_CODES)
@raw_option
@out_option
@specs_option
@json_option
@quiet_option
def build(raw: Path, out: Path, specs: Path | None, as_json: bool, quiet: bool) -> None:
    """Build everything: OUT/sdtm, OUT/adam, findings and lineage."""
    from cdisc_hai.build import build_study  # noqa: PLC0415 - pandas only when it is needed

    with shown_progress(quiet or as_json) as progress:
        result = build_study(raw=raw, out=out, specs=specs, progress=progress)
    finish(result, as_json=as_json, quiet=quiet)


@main.group(cls=Failing)
def sdtm() -> None:
    """SDTM domains."""


@sdtm.command("build", epilog=EXIT_CODES)
@raw_option
@out_option
@specs_option
@json_option
@quiet_option
def sdtm_build(raw: Path, out: Path, specs: Path | None, as_json: bool, quiet: bool) -> None:
    """Map a raw export to SDTM transport files."""
    from cdisc_hai.build import build_sdtm  # noqa: PLC0415 - pandas only when it is needed

    with shown_progress(quiet or as_json) as progress:
        result = build_sdtm(raw=raw, out=out, specs=specs, progress=progress)
    finish(result, as_json=as_json, quiet=quiet)


@main.group(cls=Failing)
def adam() -> None:
    """ADaM datasets."""


@adam.command("build", epilog=EXIT_CODES)
@click.option("--sdtm", type=EXISTING, required=True, help="Folder of SDTM transport files.")
@out_option
@specs_option
@click.option("--cutoff", help="Data cut-off, as 2025-12-31; goes before the one in the SDTM.")
@json_option
@quiet_option
def adam_build(
    sdtm: Path, out: Path, specs: Path | None, cutoff: str | None, as_json: bool, quiet: bool
) -> None:
    """Derive ADaM from any folder of SDTM transport files."""
    from cdisc_hai.build import build_adam  # noqa: PLC0415 - pandas only when it is needed

    with shown_progress(quiet or as_json) as progress:
        result = build_adam(sdtm=sdtm, out=out, specs=specs, cutoff=cutoff, progress=progress)
    finish(result, as_json=as_json, quiet=quiet)


@main.group(cls=Failing)
def define() -> None:
    """Define-XML 2.1."""


@define.command("build", epilog=EXIT_CODES)
@click.option("--data", type=EXISTING, required=True, help="Folder of transport files.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="File to write, as define.xml; the page for browsers lies beside it.",
)
@specs_option
@quiet_option
def define_build(data: Path, out: Path, specs: Path | None, quiet: bool) -> None:
    """Describe a folder of SDTM or ADaM transport files by the specs that made them."""
    from cdisc_hai.build import build_define  # noqa: PLC0415 - pandas only when it is needed

    written = build_define(data=data, out=out, specs=specs)
    if not quiet:
        click.echo(f"{written}\n{written.with_suffix('.html')}")


@main.command(epilog=EXIT_CODES)
@click.argument("folder", type=EXISTING)
@specs_option
@click.option(
    "--sdtm", type=EXISTING, help="Folder of the SDTM behind ADaM; without it, the one beside."
)
@click.option(
    "--derive", is_flag=True, help="Derive ADaM anew from that SDTM, and tell what differs."
)
@json_option
@quiet_option
@click.pass_context
def validate(
    context: click.Context,
    folder: Path,
    specs: Path | None,
    sdtm: Path | None,
    derive: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check FOLDER's transport files, and its define.xml, against the specs; 14 with errors."""
    from cdisc_hai.build import validate as validated  # noqa: PLC0415 - pandas only when needed
    from cdisc_hai.build.result import EXIT_CLEAN, EXIT_WITH_ERRORS  # noqa: PLC0415 - as above
    from cdisc_hai.report import findings_json, findings_lines  # noqa: PLC0415 - as above

    findings = validated(folder, specs=specs, sdtm=sdtm, derive=derive)
    if as_json:
        click.echo(findings_json(findings, None), nl=False)
    elif not quiet:
        click.echo(findings_lines(findings) or f"{folder}: no findings")
    failed = any(finding.severity == "error" for finding in findings)
    context.exit(EXIT_WITH_ERRORS if failed else EXIT_CLEAN)


@main.command()
@click.option(
    "--build", "folder", type=EXISTING, required=True, help="Folder that a build wrote (--out)."
)
@click.argument("dataset")
@click.argument("keys", nargs=-1, metavar="KEY=VALUE...")
@json_option
@click.option("--limit", default=5, show_default=True, help="Show at most so many records.")
def trace(folder: Path, dataset: str, keys: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Walk back from a record to SDTM, to file:row of the export and to the spec lines.

    For example: trace --build build adtte USUBJID=HAI-01-0001 PARAMCD=PFS
    """
    from cdisc_hai.build import trace as traced  # noqa: PLC0415 - pandas only when it is needed
    from cdisc_hai.cli.tree import tree_lines  # noqa: PLC0415 - as above

    wanted = dict(_pair(key) for key in keys)
    records = traced(folder, dataset, wanted)
    if as_json:
        shown: Any = [record.as_json() for record in records]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for record in records[:limit]:
        click.echo("\n".join(tree_lines(record)))
    if len(records) > limit:
        click.echo(f"... and {len(records) - limit} more records; give more KEY=VALUE or --limit")


def _pair(key: str) -> tuple[str, str]:
    name, sign, value = key.partition("=")
    if not sign:
        raise click.UsageError(f"'{key}' is to be KEY=VALUE, for example PARAMCD=PFS")
    return name, value
