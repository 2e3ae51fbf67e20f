"""What things are: frozen values without files, clock or environment; nothing here reads, writes or prints."""
