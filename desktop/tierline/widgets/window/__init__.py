"""The main window: bars, list and ticket side by side, keys; it places parts and wires them."""
