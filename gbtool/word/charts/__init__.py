"""Charts as native drawings: bars of two periods, radar of scores."""
