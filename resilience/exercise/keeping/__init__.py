"""How an exercise is kept: its file, who may write it, for how long, and runs that begin in another."""
