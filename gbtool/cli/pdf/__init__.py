"""`--pdf` on the command line: where LibreOffice is, what was printed."""
