"""What is learnt from an exercise: criteria, choices compared, picture, actions, proposals, survey."""
