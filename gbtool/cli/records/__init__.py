"""gbtool ledger add, import and export, as a person or a script calls them."""
