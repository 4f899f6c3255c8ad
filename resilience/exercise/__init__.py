"""A played exercise: clock, events, store, session, rehearsal."""
