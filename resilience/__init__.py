"""Root of the engine, the exercise and the command line; imports nothing, so that start-up stays fast."""
