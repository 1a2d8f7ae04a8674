"""Tests mirror app/; a test reads as a sentence."""
