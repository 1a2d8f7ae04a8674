"""The `nuanfeng` command: serve, migrate. Exit status 0 good, 1 refused, 2 wrong use."""

from typing import Annotated

import typer
import uvicorn
from pydantic import ValidationError

from app.core.db import make_engine
from app.core.migrate import upgrade
from app.core.settings import Settings
from app.main import create_app

main = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def settings_or_exit(**overrides: object) -> Settings:
    """The settings of the environment; names every wrong one and exits with 2."""
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        for wrong in error.errors():
            place = "_".join(str(part) for part in wrong["loc"]).upper()
            typer.echo(f"NUANFENG_{place}: {wrong['msg']}", err=True)
        raise typer.Exit(2) from None


@main.command()
def migrate() -> None:
    """Bring the database's schema to the newest migration."""
    upgrade(make_engine(settings_or_exit()))


@main.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve page and API; on SQLite the schema is migrated first."""
    settings = settings_or_exit(host=host, port=port)
    if settings.is_sqlite:
        upgrade(make_engine(settings))
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_config=None)


if __name__ == "__main__":
    main()
