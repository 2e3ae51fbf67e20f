"""What is wrong with a Word file made for China: lists, indents, tables, sections, contents, language, properties."""
