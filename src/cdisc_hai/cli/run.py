"""Around every command: errors to messages and exit codes, progress, the closing table."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from cdisc_hai.errors import CdiscHaiError

if TYPE_CHECKING:
    from cdisc_hai.build.result import BuildResult

EXIT_INTERNAL = 1
EXIT_REFUSED = 2  # the system refuses a file: no room, no right
EXIT_STOPPED, EXIT_NOT_READ = 130, 141  # as a shell tells Ctrl-C and a pipe that is closed
PATIENCE = 1.0  # seconds that pass before a bar is worth showing


class Failing(click.Group):
    """A group whose commands end with the exit code that an error carries, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell what went wrong on standard error."""
        try:
            return super().invoke(ctx)
        except CdiscHaiError as error:
            from cdisc_hai.report import fault_text  # noqa: PLC0415 - only when there is an error

            click.echo(fault_text(error), err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:  # such as ``| head``, which has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(EXIT_NOT_READ)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(EXIT_STOPPED)
        except OSError as error:
            click.echo(f"{error.filename or 'the system'}: {error.strerror or error}", err=True)
            ctx.exit(EXIT_REFUSED)
        except Exception as error:
            if os.environ.get("CDISC_HAI_DEBUG"):
                raise
            # The type alone: a message could hold a patient's values.
            click.echo(
                f"internal fault: {type(error).__name__}; nothing was written. "
                "Set CDISC_HAI_DEBUG=1 for the traceback and report it.",
                err=True,
            )
            ctx.exit(EXIT_INTERNAL)


@contextmanager
def shown_progress(silent: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on standard error where a person watches and it takes longer than a moment."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    import time  # noqa: PLC0415 - only for a bar

    began = time.monotonic()
    with click.progressbar(length=1, label="starting", file=sys.stderr) as bar:

        def tell(stage: str, done: int, whole: int) -> None:
            bar.label, bar.length = f"{stage:<12}", whole
            bar.pos = done
            if time.monotonic() - began > PATIENCE:
                bar.render_progress()

        yield tell
        bar.pos = bar.length or 1


def finish(result: BuildResult, *, as_json: bool, quiet: bool) -> None:
    """Print the closing table (or JSON) and leave with the build's exit code."""
    from cdisc_hai.report import summary  # noqa: PLC0415 - only at the end of a build

    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
    elif not quiet:
        where = [
            ("datasets", str(result.out)),
            ("findings", str(result.out / "findings.html")),
            ("lineage", str(result.out / "lineage")),
        ]
        click.echo(summary(datasets=result.datasets, findings=result.findings, where=where))
    click.get_current_context().exit(result.exit_code)
