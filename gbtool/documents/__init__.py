"""Jinja and Word: templates and facts in, .docx out, and back again; no other room knows what Word looks like."""
