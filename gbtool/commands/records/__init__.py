"""Records as tables: filled Word forms and spreadsheets in, registers out, nothing twice and nothing overwritten."""
