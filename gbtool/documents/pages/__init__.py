"""What a browser shows: self-contained pages from Jinja templates, everything that a client wrote escaped."""
