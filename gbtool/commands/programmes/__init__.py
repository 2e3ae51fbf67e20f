"""Programmes of provinces and cities: which there are, whether a client meets them, by when what is to be done."""
