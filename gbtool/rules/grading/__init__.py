"""Grades: what a grading looks at, how conditions and the trial stand, what may be answered."""
