"""Three versions of one Word file in one: what gbtool wrote, what a person made of it, what gbtool would write now."""
