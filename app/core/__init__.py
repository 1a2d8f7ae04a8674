"""What every feature stands on: settings, database, errors, revisions, clock. Knows no feature."""
