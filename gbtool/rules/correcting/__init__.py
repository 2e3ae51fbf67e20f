"""What was found, wherever it was found: in which round, again and again, in whose time."""
