"""The index of the pictures, and the removal of those no longer taken."""

from niangjia.operations.tour.shooting import Album
from niangjia.operations.tour.stops import Stop

HEAD = """# Tour · 导览

Main pages, taken by `make tour` from a demonstration node: what is shown is made up. axe found
nothing wrong with any of them (WCAG 2.2, level AA).

主要页面的截图，由 `make tour` 从演示节点拍下，内容都是虚构的。
"""


def write(album: Album, stops: tuple[Stop, ...]) -> None:
    """Write README.md beside the pictures."""
    lines = [HEAD]
    for stop in stops:
        lines += [f"## {stop.chinese} · {stop.english}", ""]
        names = sorted(album.taken.get(stop.name, []), key=lambda name: ("1440" in name, name))
        for name in names:
            width = "240" if "-375-" in name else "480"
            lines.append(f'<img src="{name}.webp" width="{width}" alt="{stop.english}: {name}">')
        lines.append("")
    (album.folder / "README.md").write_text("\n".join(lines))
    kept = {f"{name}.webp" for names in album.taken.values() for name in names}
    for picture in album.folder.glob("*.webp"):
        if picture.name not in kept:
            picture.unlink()
