"""From the old edition of a standard to the new one: where a client stands, what is left, by when."""
