"""The report of an exercise that was played."""
