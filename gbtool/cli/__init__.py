"""The terminal: asks, shows and exits; nothing else does."""
