"""Published rules asked of a client: facts by name, a small set of kinds of check, what was met, missed, not known."""
