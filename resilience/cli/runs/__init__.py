"""Commands that compute: one run of an incident, or very many."""
