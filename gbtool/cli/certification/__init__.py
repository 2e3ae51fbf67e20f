"""Facts for rules of certification, the certificate, the change-over between editions, on the command line."""
