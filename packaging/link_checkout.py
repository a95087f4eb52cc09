"""Let the environment find the checkout's package, as an editable install would."""

import sysconfig
from pathlib import Path

desktop = Path(__file__).resolve().parents[1] / "desktop"
site = Path(sysconfig.get_path("purelib"))
(site / "tierline.pth").write_text(f"{desktop}\n", encoding="utf-8")
