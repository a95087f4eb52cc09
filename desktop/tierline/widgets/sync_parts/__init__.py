"""What the window shows of a shared desk: the link, what waits, and where two people's acts met."""
