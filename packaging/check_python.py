"""Say what Python is needed before anything is set up; runs on any Python 3."""

import sys

LOW, HIGH = (3, 11), (3, 14)

if not LOW <= sys.version_info[:2] < HIGH:
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        "Tierline needs Python 3.11, 3.12 or 3.13; this is {}.\n"
        "Nothing was installed. Name another one: make run PYTHON=python3.12".format(found)
    )
try:
    import ensurepip  # noqa: F401 - only whether it is there
    import venv  # noqa: F401 - only whether it is there
except ImportError:
    sys.exit(
        "This Python cannot make virtual environments. Nothing was installed.\n"
        "On Debian and Ubuntu: apt install python3-venv"
    )
