"""What is written onto a shelf: client.yaml line by line, other YAML whole, never half a file."""
