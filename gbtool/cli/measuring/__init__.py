"""What a standard has measured: the data of a year, and the grades that may be claimed."""
