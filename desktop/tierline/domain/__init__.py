"""Tickets, clocks and policies as pure functions: no Qt, no database, no reading of the time."""
