"""The map: what a city's functions depend on, who provides it, and who says so."""
