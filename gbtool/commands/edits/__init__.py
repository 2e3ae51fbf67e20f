"""Files that people worked on: what becomes of them when documents are made again, copies of what was there, drafts."""
