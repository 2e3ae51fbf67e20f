"""What is made for a client and what people make of it: generate, diff, template."""
