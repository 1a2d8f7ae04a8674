"""Routes about the installation itself."""

from fastapi import Request

from app.about.schemas import AboutOut, ProblemHelpOut
from app.about.service import describe, explain
from app.core.db import ReadSession
from app.core.errors import NotFound
from app.core.problems import responses
from app.core.routing import Router

router = Router(tags=["about"])


@router.get("/about")
def read_about(session: ReadSession, request: Request) -> AboutOut:
    """What this installation is: city, demo or real, base map, licences of its data."""
    return describe(session, request.app.state.settings)


@router.get("/problems/{code}", responses=responses(NotFound))
def read_problem(code: str) -> ProblemHelpOut:
    """What a problem code means and what to do next, in both languages."""
    return explain(code)
