"""What the files of a set say must agree: with the lists, with the facts, with one another."""
