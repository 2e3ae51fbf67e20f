"""What a form holds: what may be filled in, how it is written, what of it a client has; no files, no printing."""
