"""Bringing tickets in from other tools: one function for the command, the window and the tests."""

from tierline.desk.importing.formats import format_names
from tierline.desk.importing.report import FileReport, ImportReport
from tierline.desk.importing.run import import_files
from tierline.transfer.watching import Progress

__all__ = ["FileReport", "ImportReport", "Progress", "format_names", "import_files"]
