"""gbtool review: inputs, plan, meeting, decisions, report."""
