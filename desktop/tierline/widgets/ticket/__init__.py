"""The ticket pane: head, clocks, people, timeline, composer and the acts."""
