"""Readers of the files that places come in; what a row says, before it is judged."""
