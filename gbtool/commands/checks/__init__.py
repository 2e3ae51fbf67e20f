"""What `gbtool check` looks at: files, the names of other clients, and where findings are shown."""
