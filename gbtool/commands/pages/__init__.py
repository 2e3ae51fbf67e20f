"""`gbtool page` and `gbtool portfolio page`: one client, and all clients of a firm, as a file for the browser."""
