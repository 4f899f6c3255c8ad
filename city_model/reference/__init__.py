"""Reference data that ships with the map: data that an organisation may edit, not code."""
