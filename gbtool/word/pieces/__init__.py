"""Office files read in every place where text can hide, bounded in time and memory whatever they hold."""
