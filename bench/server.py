"""The product's own app with one more route: constant bytes behind the parameters of nearest, the floor."""

import inspect
import sys

import uvicorn
from fastapi import Response

from app.core import logs
from app.core.settings import Settings
from app.main import create_app
from app.stations import router_nearest

BODY = b'{"items":"' + b"x" * 7700 + b'"}'


def main() -> None:
    """Serve settings of the environment on the port given."""
    settings = Settings()
    logs.configure(settings.log_level)

    async def constant(**_parameters: object) -> Response:
        return Response(BODY, media_type="application/json", headers={"cache-control": "no-store"})

    constant.__signature__ = inspect.signature(router_nearest.nearest_stations)  # type: ignore[attr-defined]
    router_nearest.router.add_api_route("/stations/constant", constant)
    uvicorn.run(create_app(settings), port=int(sys.argv[1]), log_config=None)


if __name__ == "__main__":
    main()
