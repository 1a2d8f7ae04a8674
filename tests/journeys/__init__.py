"""Whole stories, from the command that a newcomer types to what a rider sees."""
