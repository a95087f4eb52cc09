"""Tierline: the desktop console of an IT support desk."""
