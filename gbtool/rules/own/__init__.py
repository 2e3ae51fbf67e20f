"""Rules that a standard writes as data: what they speak of, and what they ask of it."""
