"""Scenarios: what goes wrong, who plays, what is asked of them."""
