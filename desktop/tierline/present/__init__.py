"""Models and presenters between the desk and the widgets: Qt without anything painted."""
