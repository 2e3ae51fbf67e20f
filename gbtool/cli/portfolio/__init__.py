"""gbtool portfolio and page: what all clients of a firm show, and one client on a page."""
