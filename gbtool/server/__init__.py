"""A firm's PostgreSQL: where clients stand, for reports and for who works on which client; folders stay the truth."""
