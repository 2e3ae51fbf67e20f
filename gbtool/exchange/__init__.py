"""Tables in and out: CSV in UTF-8 or GB18030, xlsx; rows with the place of each cell."""
