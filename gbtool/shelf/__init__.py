"""Files in, model out: what is shipped, what a firm overrides, what a client answered; the nearest shelf wins."""
