"""Every screen that the audit judges: light, dark, at 200 % text, beside the design's picture.

`python -m tests.pictures.screens FOLDER [DESIGN]` writes the pictures and a page that shows them;
DESIGN is the folder of the design's pictures, copied beside them.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

LOOKS = (("light", 100), ("dark", 100), ("light", 200))
DESIGN = {
    "console": ("console-light", "console-dark"),
    "offline, conflict": ("offline-conflict",),
    "wallboard": ("wallboard", "wallboard-dark"),
    **{f"sheet, {name}": (name,) for name in ("escalate", "sev1", "palette", "why")},
}
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Tierline, every screen</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2em; color: #17202A }}
div {{ display: flex; gap: 12px; align-items: start }}
figure {{ margin: 0; flex: 1; min-width: 0 }} img {{ width: 100%; border: 1px solid #CBD2D8 }}
</style>
<h1>Every screen</h1>
<p>{count} screens. Beside what is drawn stands the picture of the design, where there is one.</p>
{screens}
</html>
"""


def draw(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each screen's name with the files of its pictures."""
    from tests.qt.access.__main__ import Patience  # noqa: PLC0415 - the platform is set first
    from tests.qt.access.audit import dress  # noqa: PLC0415
    from tests.qt.access.scenes import console, others, overlays  # noqa: F401, PLC0415
    from tests.qt.access.stage import SCENES, Place  # noqa: PLC0415
    from tierline.app.console import application  # noqa: PLC0415
    from tierline.widgets import fonts  # noqa: PLC0415

    app = application()
    fonts.load()
    for play in SCENES.values():
        with TemporaryDirectory() as place:
            for stage in play(Place(app, Patience(), Path(place))):
                window, files = stage.root.window(), []
                for theme, scale in LOOKS:
                    dress(stage, theme, scale)
                    name = f"{stage.name.replace(', ', '-').replace(' ', '_')}-{theme}-{scale}.png"
                    if not window.grab().save(str(folder / name)):
                        raise OSError(folder / name)
                    files.append(name)
                dress(stage, "light", 100)
                yield stage.name, files


def main(folder: Path, design: Path | None) -> None:
    """Draw all of them, and say where the page is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder.mkdir(parents=True, exist_ok=True)
    screens = []
    for name, files in draw(folder):
        beside = [f"design-{each}.png" for each in DESIGN.get(name, ()) if design is not None]
        for each in beside:
            assert design is not None
            shutil.copyfile(design / each.removeprefix("design-"), folder / each)
        shown = "".join(
            f'<figure><img loading="lazy" src="{each}" alt=""><figcaption>{escape(each)}'
            "</figcaption></figure>"
            for each in (*files, *beside)
        )
        screens.append(f"<h2>{escape(name)}</h2><div>{shown}</div>")
    page = folder / "index.html"
    text = _PAGE.format(count=len(screens), screens="\n".join(screens))
    page.write_text(text, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None)
