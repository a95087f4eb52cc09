"""The demo: a made-up desk with two weeks of history, and colleagues who keep it alive."""
