"""The date rules of the document set, DT-01 to DT-71, a file a family."""
