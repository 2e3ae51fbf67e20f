"""gbtool pack and unpack: what leaves the house, and how it comes in again."""
