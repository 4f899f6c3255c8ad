"""Packs that partners fill in, and their answers brought back into the map."""
