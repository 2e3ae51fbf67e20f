"""`gbtool pack` and `unpack`: an application for a certification body, a handover to a colleague, and back again."""
