"""Commands about files: check, its many clients and measures, and clean."""
