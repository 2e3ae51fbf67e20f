"""How programmes are listed, checked, planned and reckoned on the command line."""
