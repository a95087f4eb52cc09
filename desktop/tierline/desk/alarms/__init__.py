"""Alarms for people: what stands, whom it concerns, and how often they may be disturbed."""
