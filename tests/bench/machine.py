"""Which machine a figure was measured on: without it a figure says little."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_MODEL = "model name"


def machine() -> dict[str, str]:
    """Processor, cores, memory, system, Python and Qt, and how busy it was before."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "qt": _version("PySide6-Essentials"),
        "load": f"{psutil.getloadavg()[0]:.1f} processes waited in the minute before",
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith(_MODEL))
    return next(named, "") or platform.processor() or platform.machine()


def _memory() -> str:
    return f"{psutil.virtual_memory().total / 2**30:.1f} GiB"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
