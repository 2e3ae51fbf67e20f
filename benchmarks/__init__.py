"""Benchmarks: one command, ratios against named peers in the same run."""
