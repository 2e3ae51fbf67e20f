"""The diagnosis and the test of effectiveness: points, levels, figures; what they say comes from checklists/."""
