"""PDF from Word through LibreOffice, and what a PDF says of its pages; no other room starts a program."""
