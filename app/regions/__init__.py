"""区划: city, district, street and community; the scope of every role and the axis of every number."""
