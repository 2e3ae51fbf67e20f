"""`gbtool portfolio`: where all clients of a firm stand, by an index that the folders overrule."""
