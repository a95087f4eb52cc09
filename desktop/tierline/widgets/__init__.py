"""What is painted: windows, panes and the controls they share."""
