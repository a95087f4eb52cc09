"""The board on the wall: few figures, large enough to be read from five metres."""
