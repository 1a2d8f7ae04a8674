"""Verbs that move data: import, export. Exit status 0 good, 1 partly or wholly refused, 2 wrong use."""

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from sqlmodel import Session

from app.cli_common import engine_or_exit, prepare, refuse, settings_or_exit
from app.core.db import read_session, write_session
from app.core.settings import Settings
from app.kit.cells import escape_cell
from app.regions.service import BadDivisions, load_divisions, read_divisions, save_regions
from app.stations.exporting import csv_lines, geojson_lines
from app.stations.importers.rows import Note, Options, Unreadable
from app.stations.models import ServiceKind, StationKind
from app.stations.vocabulary import kind_of, service_of

if TYPE_CHECKING:
    from app.stations.importing import Report

imports = typer.Typer(no_args_is_help=True, help="Bring data in.")
exports = typer.Typer(no_args_is_help=True, help="Take data out.")

_SHOWN = 10


class Datum(StrEnum):
    """The datums that positions in a file may have."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class ExportFormat(StrEnum):
    """The formats of an export."""

    GEOJSON = "geojson"
    CSV = "csv"


@imports.command("stations")
def stations_in(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="GeoJSON, Overpass JSON, JSON list, OSM XML or PBF, or CSV."
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="Name of the source; with the id it is a place's identity.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option(help="Licence of the data, where the file names none.")
    ] = None,
    crs: Annotated[Datum, typer.Option(help="Datum of the positions in the file.")] = Datum.WGS84,
    services: Annotated[str, typer.Option(help="Services of rows that name none, e.g. water;toilet.")] = "",
    kind: Annotated[
        str | None, typer.Option(help="Kind of places that name none, e.g. public_toilet.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="CSV to write: line, field and reason of every row told.")
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete what the source had and the file lacks.")
    ] = False,
) -> None:
    """Import stations in one transaction: a bad row never stops the good ones, nothing is done twice."""
    from app.stations.importing import import_stations  # here, since serve starts from this command too

    options = Options(file.name.split(".")[0], source, licence, crs.value, _services(services), _kind(kind))
    try:
        with _progress() as progress, _writing(settings_or_exit()) as session:
            report = import_stations(session, file, options, prune=prune, progress=progress)
    except Unreadable as error:
        raise refuse(f"{file}: {error}", 2) from None
    except OSError as error:
        raise refuse(f"{file}: {error.strerror}", 2) from None
    _tell(report, rejects)
    if report.count("rejected"):
        raise typer.Exit(1)


@imports.command("regions")
def regions_in(
    file: Annotated[
        Path | None, typer.Argument(help="CSV code,name,level,parent_code; left out: the city's own list.")
    ] = None,
) -> None:
    """Import regions: city, districts, streets, communities."""
    from app.stations.importers.tables import decode  # here for the same reason

    settings = settings_or_exit()
    try:
        with _writing(settings, brings_regions=file is not None) as session:
            if file is None:
                loaded = load_divisions(session, settings.city)
            else:
                loaded = save_regions(session, read_divisions(decode(file.read_bytes())))
    except (BadDivisions, Unreadable) as error:
        raise refuse(f"{file}: {error}", 2) from None
    except OSError as error:
        raise refuse(f"{file}: {error.strerror}", 2) from None
    typer.echo(f"regions: created {loaded.created}, updated {loaded.updated}, unchanged {loaded.unchanged}")


@exports.command("stations")
def stations_out(
    form: Annotated[ExportFormat, typer.Option("--format", help="geojson or csv.")] = ExportFormat.GEOJSON,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; left out: standard output.")
    ] = None,
) -> None:
    """Export every station; importing the file again changes nothing."""
    lines = geojson_lines if form is ExportFormat.GEOJSON else csv_lines
    try:
        with (
            engine_or_exit(settings_or_exit()) as engine,
            read_session(engine) as session,
            _writer(output) as out,
        ):
            out.writelines(lines(session))
    except OSError as error:
        raise refuse(f"{output}: {error.strerror}", 2) from None


def demo() -> None:
    """Load the demo's places into a data folder of their own (`serve` does it too, where NUANFENG_DEMO=1)."""
    settings = settings_or_exit()
    if not settings.demo:
        raise refuse(
            "the demo is loaded only where NUANFENG_DEMO=1 asks for it, into a folder of its own "
            "(NUANFENG_DATA_DIR)",
            2,
        )
    prepare(settings)
    typer.echo(f"the demo is in {settings.data_dir}: `nuanfeng serve` shows it")


@contextmanager
def _writing(settings: Settings, *, brings_regions: bool = False) -> Iterator[Session]:
    """A write session on a prepared database; one transaction, undone by any error."""
    prepare(settings, brings_regions=brings_regions)
    with engine_or_exit(settings) as engine, write_session(engine) as session:
        yield session


@contextmanager
def _writer(path: Path | None) -> Iterator[TextIO]:
    # Line ends are the format's own: CSV has CR LF on every system.
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        yield out


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Tells how far it is, on a terminal only, and leaves its line clean."""
    live = sys.stderr.isatty()

    def tell(done: int, of: int) -> None:
        if live:
            sys.stderr.write(f"\r{done:,} of {of:,} places")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if live:
            sys.stderr.write("\r\x1b[K")


def _services(said: str) -> tuple[ServiceKind, ...]:
    words = [word for word in said.replace(",", ";").split(";") if word.strip()]
    found = [service_of(word) for word in words]
    for word, service in zip(words, found, strict=True):
        if service is None:
            raise refuse(f"--services: no such service: {word}; known are {', '.join(ServiceKind)}", 2)
    return tuple(service for service in dict.fromkeys(found) if service)


def _kind(said: str | None) -> StationKind | None:
    found = kind_of(said) if said else None
    if said and found is None:
        raise refuse(f"--kind: no such kind: {said}; known are {', '.join(StationKind)}", 2)
    return found


def _tell(report: "Report", rejects: Path | None) -> None:
    written = report.written
    counts = {
        "created": written.created,
        "updated": written.updated,
        "unchanged": written.unchanged,
        "rejected": report.count("rejected"),
        "duplicate": report.count("duplicate"),
        "skipped": report.count("skipped"),
        "deleted": written.deleted,
        "fields dropped": report.count("field_dropped"),
    }
    typer.echo(
        f"{report.rows:,} rows in {report.seconds:.1f} s: "
        + ", ".join(f"{k} {v:,}" for k, v in counts.items())
    )
    if written.revision is None:
        typer.echo("nothing changed")
    if report.without_services:
        typer.echo(
            f"{report.without_services:,} places name no service: they are listed, but no filter finds them; "
            "--services tells what they have",
            err=True,
        )
    if rejects is not None:
        _write_notes(report.notes, rejects)
        return
    told = [note for note in report.notes if note.what != "duplicate"]
    for note in told[:_SHOWN]:
        typer.echo(_plain(f"{report.unit} {note.line}: {_sentence(note)} ({note.what})"), err=True)
    if len(told) > _SHOWN:
        typer.echo(f"and {len(told) - _SHOWN:,} more: --rejects FILE lists all", err=True)
    if duplicates := counts["duplicate"]:
        typer.echo(
            f"duplicates, of which the first counts: {duplicates:,}; --rejects FILE lists them", err=True
        )


def _sentence(note: Note) -> str:
    """`lat is not a number`, `services: no such service: 飞船`, or the reason alone."""
    if not note.field:
        return note.reason
    return f"{note.field}{' ' if note.reason.startswith('is ') else ': '}{note.reason}"


def _write_notes(notes: list[Note], path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("line", "field", "reason", "what", "id"))
            for note in notes:
                writer.writerow(
                    (
                        note.line,
                        note.field,
                        escape_cell(note.reason),
                        note.what,
                        escape_cell(note.external_id),
                    )
                )
    except OSError as error:
        raise refuse(f"the import is done, but {path} cannot be written: {error.strerror}") from None


def _cell(text: str) -> str:
    return escape_cell(_plain(text))


def _plain(text: str) -> str:
    """Text of a file as a terminal may show it: without lone surrogates, controls and escape sequences."""
    return "".join(char if char.isprintable() else "�" for char in text)
