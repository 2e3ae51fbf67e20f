"""gbtool audit nc and outside: what was found inside and by a certification body, until it is closed."""
