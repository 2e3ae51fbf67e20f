"""Word from data: XML, numbering, drawings, packages, and a .docx back to text; never Jinja, never templates."""
