"""A firm's own texts: from which shelf each document comes, how to start one, what changed under it since."""
