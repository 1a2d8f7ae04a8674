"""Pure parts that know no database, no settings and no web: text, distance, datum, hours."""
