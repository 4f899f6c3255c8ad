"""Commands of `resilience scenario`, and advice by the structure of a region."""
