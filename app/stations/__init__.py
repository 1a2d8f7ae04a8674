"""驿站: places to drink, charge, rest, wash and eat; for riders to find, for staff to keep true."""
