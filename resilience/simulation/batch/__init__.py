"""The batch engine: the rules of docs/semantics.md on flat arrays, for many runs at a call."""
