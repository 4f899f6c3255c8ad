"""Formats of the field, in and out: ArchiMate, spreadsheets, graphs, public data."""
