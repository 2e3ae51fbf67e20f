"""Standards at the terminal: their clauses, which there are, what serves several of them."""
