"""The tables of the ledger in and out: people, rights, notices, contracts, promises, evidence."""
