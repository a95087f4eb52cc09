"""The machine around the program: files that ship with it, folders, settings, logs, health."""
