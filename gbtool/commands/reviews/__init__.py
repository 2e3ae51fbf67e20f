"""The management review: inputs, meeting, decisions, papers."""
