"""The sheets: dialogs that lie over the main area, one act each, complete by keyboard."""
