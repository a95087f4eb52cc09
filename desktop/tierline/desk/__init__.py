"""Use cases of the desk without any window: the same acts for buttons, commands and rules."""
