"""`didim print`: papers without a database, as bytes, picture and text."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from factory.cli.support import house
from factory.db.session import reading
from factory.kernel.errors import Refused
from factory.kernel.words import LANGUAGES, language, say, speaking
from factory.printing import offline, queries, standing
from factory.printing.offline import Made
from factory.printing.samples import SAMPLES, sample
from factory.printing.service import pdf_of
from factory.printing.worker import PrintWorkers
from printers.document import Document

FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


class NotAText(Refused):
    """The file {name} is not text in UTF-8."""


class CanNotWrite(Refused):
    """The file {name} can't be written."""


def _printed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of whatever makes a paper."""
    options = (
        click.option(
            "--profile",
            metavar="MODEL|FILE",
            default=offline.DEFAULT_PROFILE,
            show_default=True,
            help=f"{', '.join(offline.PROFILE_NAMES)}; or a JSON file that describes yours.",
        ),
        click.option(
            "--mode",
            type=click.Choice(offline.MODES),
            default="auto",
            show_default=True,
            help="Printer's own letters, pictures, or as the model needs it.",
        ),
        click.option("--out", type=FILE, required=True, help="The bytes for the printer."),
        click.option("--language", type=click.Choice(LANGUAGES), help="As before `print`."),
        *_SHOWN,
    )
    for option in reversed(options):
        command = option(command)
    return command


_SHOWN = (
    click.option("--png", type=FILE, help="The paper as a picture."),
    click.option("--txt", type=FILE, help="What reads on it."),
    click.option("--pdf", type=FILE, help="The paper as PDF: a label's artwork, to its size."),
)


@click.group("print")
def print_group() -> None:
    """Make slips, tickets and labels; show any printer's bytes as paper; send what waits."""


@print_group.command("sample")
@click.argument("name", type=click.Choice(tuple(SAMPLES)))
@_printed
def sample_(name: str, **given: Any) -> None:
    """Make one of the sample papers."""
    with speaking(given["language"] or language()):
        _make(sample(name), **given)


@print_group.command()
@click.argument("document", type=READABLE)
@_printed
def render(document: Path, **given: Any) -> None:
    """Make a paper from its JSON form (see `schema`)."""
    try:
        text = document.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise NotAText(name=document.name) from None
    _make(offline.document_of(text), **given)


@print_group.command()
def schema() -> None:
    """Print the JSON Schema of papers."""
    click.echo(json.dumps(offline.schema(), ensure_ascii=False, indent=2))


@print_group.command()
@click.argument("stream", type=READABLE)
@_SHOWN[0]
@_SHOWN[1]
def decode(stream: Path, png: Path | None, txt: Path | None) -> None:
    """Show any printer's bytes as paper."""
    made = offline.read(stream.read_bytes())
    _save(made, png=png, txt=txt)
    if png is None and txt is None:
        click.echo(made.text, nl=False)


@print_group.command()
def worker() -> None:
    """Send waiting papers to their printers until stopped; `didim serve` does so by itself."""
    with house() as app:
        workers = PrintWorkers(app)
        signal.signal(signal.SIGTERM, lambda *_: workers.ask_to_stop())
        signal.signal(signal.SIGINT, lambda *_: workers.ask_to_stop())
        workers.start()
        click.echo(say("Waiting papers are being printed. Ctrl-C stops it."))
        workers.wait()
        workers.stop()


@print_group.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(as_json: bool) -> None:  # noqa: FBT001 - an option of the command
    """Ask every printer how it is: yes, no, or nothing at all."""
    with house(), reading() as session:
        asked = [(line, standing.ask(line)) for line in queries.printers(session)]
    if as_json:
        told = [{"name": line.name, **asdict(said)} for line, said in asked]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line, said in asked:
        click.echo(f"{line.name}: {standing.sentence(line, said)}")


def _make(document: Document, *, profile: str, mode: str, out: Path, **given: Any) -> None:
    pdf = given["pdf"]
    made = offline.make(document, profile, mode)
    _save(made, out, given["png"], given["txt"])
    if pdf is not None:
        _write(pdf, pdf_of(document))


def _save(
    made: Made, out: Path | None = None, png: Path | None = None, txt: Path | None = None
) -> None:
    kept = ((out, made.data), (png, made.png), (txt, made.text.encode()))
    for path, data in kept:
        if path is not None:
            _write(path, data)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        raise CanNotWrite(name=path.name) from None
