"""The first minute with the program: how to begin, who one is, how it shall look."""
