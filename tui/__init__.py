"""The terminal screens of an exercise."""
