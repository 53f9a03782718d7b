"""What axe does not see: words squeezed into a column of a few letters, and what cannot be reached
because something cuts it off."""

from playwright.sync_api import Page

#: Words that would fit in far fewer lines if they had the room; tables that scroll, and Chinese
#: written downwards on purpose, are another matter.
FOUND = """() => {
  const shown = (element) => element.checkVisibility({visibilityProperty: true})
    && !element.closest('.visually-hidden, [data-map], [data-chart], svg');
  const said = (element) => element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 40);
  const found = [];
  for (const element of document.querySelectorAll('main *')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data.trim()).join('');
    if (own.length < 8 || !shown(element)) continue;
    const style = getComputedStyle(element);
    if (style.writingMode !== 'horizontal-tb') continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect(), letter = parseFloat(style.fontSize);
    const isNarrow = box.width < 3.5 * letter && box.height > 4 * letter;
    if (isNarrow) found.push(`squeezed: ${said(element)}`);
  }
  const pressed = 'a, button, input, select, textarea, summary';
  for (const element of document.querySelectorAll(pressed)) {
    if (!shown(element)) continue;
    const box = element.getBoundingClientRect();
    for (let around = element.parentElement; around; around = around.parentElement) {
      const flow = getComputedStyle(around).overflowX, frame = around.getBoundingClientRect();
      // A frame of nothing is how something is kept for screen readers alone.
      if (flow === 'auto' || flow === 'scroll' || frame.width < 2) break;
      if ((flow === 'hidden' || flow === 'clip') && box.right > frame.right + 1) {
        found.push(`cut off: ${said(element)}`);
        break;
      }
    }
  }
  return found;
}"""


def crowded(page: Page) -> list[str]:
    """What has too little room on the page as it stands, one line a place."""
    found: list[str] = page.evaluate(FOUND)
    return found
