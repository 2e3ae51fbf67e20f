"""Figures of a year: what they come to, and whether they agree."""
