"""Taking the pictures, and looking for what axe would complain about while there."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from niangjia.operations import browser as browsing
from niangjia.operations.tour.crowding import crowded
from niangjia.operations.tour.stops import Stop

#: Width → the most of a page's height that is shown.
WIDTHS = {375: 1400, 1440: 1100}
LANGUAGES = {"zh": "zh-CN", "en": "en"}
DISPLAY = {"": "auto", "elder": "auto.elder", "dark": "dark"}
LIMIT_BYTES = 100_000
#: Long enough for a map to be drawn in software.
DRAWN_MILLISECONDS = 8000
FOUND_MILLISECONDS = 2000
DRAWN = """[...document.querySelectorAll('[data-map], [data-chart]')].every(element =>
  element.dataset.drawn || element.closest('[data-failed]')
  || element.getBoundingClientRect().top > innerHeight)"""


@dataclass
class Album:
    """The pictures taken, and what was wrong on the way."""

    folder: Path
    taken: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def keep(self, stop: Stop, name: str, png: bytes) -> None:
        """Save a picture as WebP, coarser until it is at most 100 KB."""
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        for quality in range(80, 0, -10):
            packed = io.BytesIO()
            picture.save(packed, "WEBP", quality=quality, method=6)
            if packed.tell() <= LIMIT_BYTES:
                break
        (self.folder / f"{name}.webp").write_bytes(packed.getvalue())
        self.taken.setdefault(stop.name, []).append(name)


def wait_until_drawn(page: Page) -> None:
    """Until maps and charts in view are drawn. Asked from outside: the page forbids `eval`."""
    for _ in range(DRAWN_MILLISECONDS // 100):
        if page.evaluate(DRAWN):
            return
        page.wait_for_timeout(100)


@dataclass
class Visit:
    """A browser window of one width and language, as one of the demonstration's accounts."""

    page: Page
    watch: browsing.Watch
    url: str
    width: int
    height: int


@contextmanager
def visiting(browser: Browser, url: str, *, width: int, language: str, who: str) -> Iterator[Visit]:
    """A window of its own, signed in if need be."""
    height = 812 if width < 900 else 900
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        locale=LANGUAGES[language],
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = context.new_page()
    watch = browsing.Watch(page, urlsplit(url).netloc)
    if who:
        page.goto("/account/login/")
        page.locator(f'form[action$="/account/demo/{who}/"] button').click()
        page.wait_for_load_state()
    yield Visit(page, watch, url, width, height)
    context.close()


def shoot(album: Album, visit: Visit, stop: Stop, name: str, mode: str = "") -> None:
    """One picture of one page in one mode, and what is wrong with it."""
    page = visit.page
    page.context.add_cookies([{"name": "display", "value": DISPLAY[mode], "url": visit.url}])
    answer = page.goto(stop.path)
    for selector in stop.follow:
        link = page.locator(selector).first.get_attribute("href", timeout=FOUND_MILLISECONDS)
        answer = page.goto(urljoin(page.url, link))
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), WIDTHS[visit.width])
    page.set_viewport_size({"width": visit.width, "height": max(visit.height, tall)})
    page.evaluate("scrollTo(0, 0)")
    wait_until_drawn(page)
    album.keep(stop, name, page.screenshot())
    wrong = [*browsing.accessibility_violations(page), *visit.watch.problems, *crowded(page)]
    if answer is None or answer.status != stop.status:
        wrong.append(f"answers {answer and answer.status}, not {stop.status}")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("wider than the screen")
    album.problems += [f"{name}: {problem}" for problem in wrong]
    visit.watch.problems.clear()
    page.set_viewport_size({"width": visit.width, "height": visit.height})


def shoot_all(browser: Browser, url: str, stops: tuple[Stop, ...], album: Album) -> None:
    """Each page at each width in each language, and its further modes on a Chinese phone."""
    for who, width, language in product({stop.who: 0 for stop in stops}, WIDTHS, LANGUAGES):
        with visiting(browser, url, width=width, language=language, who=who) as visit:
            for stop in (stop for stop in stops if stop.who == who):
                name = f"{stop.name}-{width}-{language}"
                modes = ("", *stop.modes) if (width, language) == (375, "zh") else ("",)
                for mode in modes:
                    try:
                        shoot(album, visit, stop, f"{name}-{mode}".rstrip("-"), mode)
                    except PlaywrightError as error:
                        album.problems.append(f"{name} {mode}: {error}")
        print(f"{who or 'visitor'}, {width} px, {language}", flush=True)
