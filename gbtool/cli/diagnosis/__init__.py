"""gbtool diagnose at the terminal: the verb with its sub-commands, and the wizard."""
