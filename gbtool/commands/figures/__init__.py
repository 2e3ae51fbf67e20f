"""Figures of a year: a sheet to fill, taken into the ledger, shown over the years, reported; one file a step."""
