"""What things are: frozen dataclasses without files, clock or environment; nothing here reads, writes or prints."""
