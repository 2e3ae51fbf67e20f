"""Pure questions asked of the facts: facts in, findings out; no files, no clock, no environment."""
