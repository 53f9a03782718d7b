"""How a person wants pages to look: in a cookie, applied by the server, so nothing flashes."""

from dataclasses import dataclass

COOKIE = "display"
COLOURS = ("auto", "light", "dark")
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """Elder mode or not; colours as the device has them, light or dark."""

    elder: bool = False
    colour: str = "auto"

    @classmethod
    def parse(cls, cookie: str) -> "Display":
        """What a cookie says; anything unknown means the default."""
        words = cookie.split(".")
        colour = next((word for word in words if word in COLOURS), "auto")
        return cls(elder="elder" in words, colour=colour)

    def __str__(self) -> str:
        return ".".join(word for word in (self.colour, "elder" if self.elder else "") if word)

    @property
    def dark_media(self) -> str:
        """The media query under which the dark colours apply; empty when they never do. Paper
        stays white."""
        media = {"auto": "screen and (prefers-color-scheme: dark)", "dark": "screen", "light": ""}
        return media[self.colour]
