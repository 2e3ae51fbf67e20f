"""Scripts for those who work on gbtool; none of them is shipped."""
