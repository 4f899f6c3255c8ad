"""What the facilitator's commands do, one module per subject."""
