"""What a change from outside touches of a client."""
