"""The `nuanfeng` command; data verbs stand in cli_data. Exit status 0 good, 1 refused, 2 wrong use."""

import signal
import threading
from typing import Annotated

import typer

from app import cli_data
from app.cli_common import engine_or_exit, prepare, refuse, settings_or_exit
from app.core.db import make_engine
from app.core.jobs import Jobs
from app.core.migrate import upgrade
from app.core.serve import PortTaken, bind, run
from app.core.tls import own_certificate

main = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
main.add_typer(cli_data.imports, name="import")
main.add_typer(cli_data.exports, name="export")
main.command("demo")(cli_data.demo)


@main.command()
def migrate() -> None:
    """Bring the database's schema to the newest migration."""
    with engine_or_exit(settings_or_exit()) as engine:
        upgrade(engine)


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
    from app.main import create_app  # here, so that verbs which need no web app start in half the time

    settings = settings_or_exit(host=host, port=port)
    if tls:
        try:
            certificate, key = own_certificate(settings.data_dir / "tls")
        except OSError as error:
            raise refuse(f"NUANFENG_DATA_DIR: {error.filename}: {error.strerror}", 2) from None
        settings = settings_or_exit(
            host=host or "0.0.0.0", port=port, tls_cert=certificate, tls_key=key, demo_public=True
        )
    try:
        bound = bind(settings.host, settings.port)
    except PortTaken as error:
        raise refuse(str(error)) from None
    prepare(settings)
    if not run(create_app(settings), settings, bound, certificate_made_here=tls):
        raise refuse("it did not start; the log says why")


@main.command()
def worker() -> None:
    """Do the recurring work beside serve on PostgreSQL (on SQLite serve does it itself)."""
    from app.features import FEATURES  # here for the same reason

    settings = settings_or_exit()
    if settings.is_sqlite:
        raise refuse("on SQLite `nuanfeng serve` does this work itself")
    prepare(settings)
    jobs = Jobs(make_engine(settings), [job for feature in FEATURES for job in feature.jobs])
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    jobs.start()
    typer.echo("the worker has started")
    ended.wait()
    jobs.stop()


if __name__ == "__main__":
    main()
