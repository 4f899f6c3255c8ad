"""Commands of `resilience city`."""
