"""Field mode: a small window for an engineer on the road, worked by thumb or by keys."""
