"""Play the stories and keep a picture of each sentence: `python -m tests.stories FOLDER [WORDS]`.

FOLDER/index.html shows them in order; WORDS choose stories by their names, as pytest's `-k` does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    folder, *chosen = sys.argv[1:]
    words = ["-k", " ".join(chosen)] if chosen else []
    where = Path(folder).resolve()
    code = pytest.main([str(Path(__file__).parent), "-q", "--pictures", str(where), *words])
    sys.stdout.write(f"{where / 'index.html'}\n")
    sys.exit(code)
