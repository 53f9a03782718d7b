"""Finding a Chromium and, for `make test` and `make tour`, seeing to it that there is one.

`python -m niangjia.operations.chromium` takes what the machine has, else installs what it may, and
says what a person can do when nothing helps.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

#: Names one to use, and no other.
NAMED = "NIANGJIA_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = Path("/Applications")
FLAGS = (
    "--disable-dev-shm-usage",
    # Maps are drawn with WebGL, on machines without a graphics card too.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # All else is drawn without it: put together by a card that is not there, pages cost twice.
    "--disable-gpu-compositing",
    "--font-render-hinting=none",
)
PACKAGES = ("chromium", "fontconfig", "fonts-noto-cjk")
BY_HAND = f"""\
Install it by hand, with fonts for Chinese, and run the same command again. Any of these will do:

  Debian            sudo apt-get install {" ".join(PACKAGES)}
  Ubuntu            sudo apt-get install fontconfig fonts-noto-cjk
                    sudo .venv/bin/playwright install-deps chromium
                    .venv/bin/playwright install chromium
  Fedora            sudo dnf install chromium google-noto-sans-cjk-fonts
  macOS             brew install --cask google-chrome
  one you have      make test {NAMED}=/path/to/chrome
  from a mirror     make test PLAYWRIGHT_DOWNLOAD_HOST=https://mirror.example
"""
NO_FONTS = """\
No font for Chinese is installed: the browser tests run, but pictures show boxes instead of
characters. Debian and Ubuntu: sudo apt-get install fontconfig fonts-noto-cjk
"""


class NoChromium(Exception):
    """None of the browsers here starts; the message says which were tried, and why not."""


def candidates() -> Iterator[str | None]:
    """Paths to try, the best first; None stands for the one Playwright may have installed."""
    if named := os.environ.get(NAMED):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    for name in ("Chromium", "Google Chrome"):
        if (path := APPLICATIONS / f"{name}.app" / "Contents" / "MacOS" / name).exists():
            yield str(path)
    yield None


def start(playwright: Playwright, *more: str) -> Browser:
    """The first that starts, headless: a name on PATH may be a stub that only asks to install
    another package. Raises `NoChromium`."""
    # Chromium's sandbox refuses root.
    flags = [*FLAGS, *more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    tried = []
    for path in candidates():
        try:
            return playwright.chromium.launch(executable_path=path, args=flags)
        except PlaywrightError as error:
            tried.append(f"  {path or 'the one of Playwright'}: {reason(error)}")
    raise NoChromium("\n".join(tried))


def reason(error: PlaywrightError) -> str:
    """The one line of Playwright's many that tells why."""
    lines = [line.strip(" ║╔╗╚╝═") for line in error.message.splitlines()]
    said = [line.removeprefix("- [pid=") for line in lines if line]
    telling = [line for line in said if "[err]" in line or "error while" in line]
    return (telling or said)[0].partition("[err] ")[2] or (telling or said)[0]


def starts() -> str:
    """The empty string when a browser starts, else why none does."""
    with sync_playwright() as playwright:
        try:
            start(playwright).close()
        except NoChromium as error:
            return str(error)
    return ""


def has_chinese_fonts() -> bool:
    """Whether text in Chinese can be drawn."""
    if sys.platform == "darwin":
        return True
    if not (listing := shutil.which("fc-list")):
        return False
    return bool(subprocess.run([listing, ":lang=zh"], capture_output=True, check=False).stdout)


def install() -> None:
    """What this account may install; what comes of it is seen by who asks again."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        get = ["apt-get", "-q", "-y", "-o", "Acquire::Retries=2"]
        for command in ([*get, "update"], [*get, "install", "--no-install-recommends", *PACKAGES]):
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                print(f"{' '.join(command)}:\n{(done.stdout + done.stderr)[-1000:]}")
    if starts():
        print("Downloading the Chromium of Playwright …", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """See to it that there is one."""
    why_not = starts()
    may_install = NAMED not in os.environ
    if may_install and (why_not or not has_chinese_fonts()):
        install()
        why_not = starts()
    if why_not:
        sys.exit(f"\nThe browser tests need a Chromium, and none starts:\n{why_not}\n\n{BY_HAND}")
    if not has_chinese_fonts():
        print(NO_FONTS)


if __name__ == "__main__":
    main()
