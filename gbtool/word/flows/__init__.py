"""Flows as drawings: who acts in which lane, which way lines take, what stands on which page."""
