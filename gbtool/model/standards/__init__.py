"""Parts of a standard: its words, its own rules, what it shares with another; no files, no clock."""
