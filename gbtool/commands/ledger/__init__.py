"""The ledger: records and declarations in, files and tables taken in, listed and verified."""
