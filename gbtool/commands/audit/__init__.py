"""The internal audit: plan, checklists, answers, nonconformities, reports; one file a step."""
