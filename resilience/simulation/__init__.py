"""The engine: what an incident does to a city, minute by minute (docs/semantics.md is normative)."""
