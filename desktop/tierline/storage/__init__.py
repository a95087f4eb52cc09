"""The replica: the desk on this disk. SQLAlchemy stays in here; plain structs come out."""
