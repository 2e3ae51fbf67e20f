"""What a file must not say: pure matching on the pieces that were read from it."""
