"""What happens to documents and folders as wholes: control, backup, restore, the end of a contract."""
