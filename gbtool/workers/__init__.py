"""Many like tasks done by this process, by several of its own, or by a scheduler's workers: one answer to each."""
