"""Registers the fixtures; what each gives stands in its docstring (`pytest --fixtures tests`)."""

pytest_plugins = [
    "tests.fixtures.runs",
    "tests.fixtures.databases",
    "tests.fixtures.apps",
    "tests.fixtures.servers",
    "tests.fixtures.browsers",
]
