"""What every verb of the `nuanfeng` command needs: settings, a prepared database, a refusal in one line."""

import difflib
import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from app.core import logs
from app.core.db import is_unusable, make_engine, write_session
from app.core.installation import WrongInstallation
from app.core.migrate import head, schema_revision, upgrade
from app.core.settings import Settings, WrongSetting
from app.seeding import seed


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


def refuse(reason: str, status: int = 1) -> typer.Exit:
    """Say in one line why it cannot be done; raise what it returns."""
    typer.echo(reason, err=True)
    return typer.Exit(status)


@contextmanager
def engine_or_exit(settings: Settings) -> Iterator[Engine]:
    """The database's engine for one block; what goes wrong with it ends the command in one line.

    Exit status 2 where a setting is wrong, 1 where the database refuses.
    """
    try:
        engine = make_engine(settings)
        try:
            yield engine
        finally:
            engine.dispose()
    except WrongSetting as error:
        raise refuse(str(error), 2) from None
    except WrongInstallation as error:
        raise refuse(str(error)) from None
    except DatabaseError as error:
        if is_unusable(error):
            raise refuse(f"{settings.database_variable}: {engine.url.database}: {error.orig}", 2) from None
        if isinstance(error, OperationalError):
            raise refuse(f"the database refuses: {error.orig}") from None
        raise


def prepare(settings: Settings, *, brings_regions: bool = False) -> None:
    """Bring the database to where a process can use it, or exit and say why not.

    `brings_regions`: the verb loads a list of regions itself, so a city without one is no error yet.
    """
    with engine_or_exit(settings) as engine:
        if settings.is_sqlite and schema_revision(engine) != head():
            upgrade(engine)
        require_schema(engine)
        with write_session(engine) as session:
            seed(session, settings, brings_regions=brings_regions)


def require_schema(engine: Engine) -> None:
    """Exit with 1 unless the database is at the newest migration."""
    found, wanted = schema_revision(engine), head()
    if found != wanted:
        raise refuse(
            f"the database's schema is at {found or 'nothing'}, not at {wanted}: run `nuanfeng migrate`"
        )
