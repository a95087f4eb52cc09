"""How much is too much. Beyond these a file is no list of tickets, whatever its name says."""

MIB = 1 << 20
CELL = 16 * MIB  # characters in one cell; ticket texts of 10 MB are real
LINE = 64 * MIB  # characters in one row
COLUMNS = 4_000
UNPACKED = 8 << 10 << 20  # bytes that a compressed file may become (8 GiB)
RATIO = 200  # times its size that it may become; logs reach 40
RATIO_FROM = 32 * MIB  # bytes below which the ratio does not matter
SHEET = 1_024 * MIB  # bytes of XML in a workbook: its strings are held in memory
BAD_ROWS = 10_000  # after so many, a table of which hardly any row is good is given up
MEMBERS = 1_000  # files in a zip
DEPTH = 64  # elements inside each other in XML
HEAD = 256 << 10  # bytes looked at to tell what a file is
CHUNK = 256 << 10
