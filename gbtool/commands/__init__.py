"""One file per verb: gathers, decides, keeps and returns a value; never prints, asks or exits."""
