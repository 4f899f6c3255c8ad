"""Commands of `resilience exercise`."""
