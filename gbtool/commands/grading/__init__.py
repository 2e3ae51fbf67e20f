"""Self-grading: which level may be claimed, conditions answered and thresholds confirmed, the form; one file a step."""
