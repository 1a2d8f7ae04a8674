"""What every verb of the `nuanfeng` command needs: settings, a prepared database, a refusal in one line."""

import difflib
import os

import typer
from pydantic import ValidationError
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from app.core import logs
from app.core.db import make_engine, write_session
from app.core.installation import WrongInstallation
from app.core.migrate import head, schema_revision, upgrade
from app.core.settings import Settings
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


def prepare(settings: Settings) -> None:
    """Bring the database to where a process can use it, or exit with 1 and say why not."""
    engine = make_engine(settings)
    try:
        if settings.is_sqlite and schema_revision(engine) != head():
            upgrade(engine)
        require_schema(engine)
        with write_session(engine) as session:
            seed(session, settings)
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
