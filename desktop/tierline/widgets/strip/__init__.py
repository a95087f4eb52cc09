"""The warnings strip: what is over or due soon, with its one action."""
