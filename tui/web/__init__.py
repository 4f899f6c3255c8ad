"""Seats in a browser, over what textual-serve offers."""
