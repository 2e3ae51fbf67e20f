"""The client's SQLite ledger: one file, one transaction a command, a history that shows tampering."""
