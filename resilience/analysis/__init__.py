"""Questions about a city or a scenario that need its structure or a simulation."""
