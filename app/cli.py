"""The `nuanfeng` command: serve, worker, migrate. Exit status 0 good, 1 refused, 2 wrong use."""

import difflib
import os
import signal
import threading
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from app.core import logs
from app.core.db import make_engine, write_session
from app.core.installation import WrongInstallation, claim
from app.core.jobs import Jobs
from app.core.migrate import head, schema_revision, upgrade
from app.core.serve import PortTaken, bind, run
from app.core.settings import Settings
from app.core.tls import own_certificate
from app.features import FEATURES
from app.main import create_app

main = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def settings_or_exit(**overrides: object) -> Settings:
    """The settings of the environment; names every wrong one and exits with 2, and warns of unknown ones."""
    known = Settings.variables()
    for name in sorted(name for name in os.environ if name.startswith("NUANFENG_") and name not in known):
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        typer.echo(f"{name} is not a setting{hint}", err=True)
    try:
        settings = Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        for wrong in error.errors():
            place = "".join(f"NUANFENG_{str(part).upper()}: " for part in wrong["loc"][:1])
            typer.echo(place + wrong["msg"].removeprefix("Value error, "), err=True)
        raise typer.Exit(2) from None
    logs.configure(settings.log_level)
    return settings


def refuse(reason: str) -> typer.Exit:
    """Say in one line why it cannot be done; raise what it returns."""
    typer.echo(reason, err=True)
    return typer.Exit(1)


@main.command()
def migrate() -> None:
    """Bring the database's schema to the newest migration."""
    engine = make_engine(settings_or_exit())
    try:
        upgrade(engine)
    except OperationalError as error:
        raise refuse(f"the database refuses: {error.orig}") from None


@main.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    tls: Annotated[
        bool,
        typer.Option("--tls", help="Https with a certificate of its own, for phones in the same network."),
    ] = False,
) -> None:
    """Serve page and API; on SQLite the schema is migrated first."""
    settings = settings_or_exit(host=host, port=port)
    if tls:
        certificate, key = own_certificate(settings.data_dir / "tls")
        settings = settings_or_exit(
            host=host or "0.0.0.0", port=port, tls_cert=certificate, tls_key=key, demo_public=True
        )
    try:
        bound = bind(settings.host, settings.port)
    except PortTaken as error:
        raise refuse(str(error)) from None
    prepare(settings)
    if not run(create_app(settings), settings, bound):
        raise refuse("it did not start; the log says why")


@main.command()
def worker() -> None:
    """Do the recurring work beside serve on PostgreSQL (on SQLite serve does it itself)."""
    settings = settings_or_exit()
    if settings.is_sqlite:
        raise refuse("on SQLite `nuanfeng serve` does this work itself")
    prepare(settings)
    jobs = Jobs(make_engine(settings), [job for feature in FEATURES for job in feature.jobs])
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    jobs.start()
    ended.wait()
    jobs.stop()


def prepare(settings: Settings) -> None:
    """Bring the database to where a process can use it, or exit with 1 and say why not."""
    engine = make_engine(settings)
    try:
        if settings.is_sqlite:
            upgrade(engine)
        require_schema(engine)
        with write_session(engine) as session:
            claim(session, demo=settings.demo)
    except WrongInstallation as error:
        raise refuse(str(error)) from None
    except OperationalError as error:
        raise refuse(f"the database refuses: {error.orig}") from None
    finally:
        engine.dispose()


def require_schema(engine: Engine) -> None:
    """Exit with 1 unless the database is at the newest migration."""
    found, wanted = schema_revision(engine), head()
    if found != wanted:
        raise refuse(
            f"the database's schema is at {found or 'nothing'}, not at {wanted}: run `nuanfeng migrate`"
        )


if __name__ == "__main__":
    main()
