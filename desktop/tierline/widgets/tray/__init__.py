"""The program in the tray: its mark, its menu, a ticket in two fields from anywhere."""
