"""What others publish: rules, bodies and their lists of materials."""
