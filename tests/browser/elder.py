"""Elder mode, measured: text of 18 px or more, and 60 px to press (promise 40)."""

from playwright.sync_api import Page

LEAST_TEXT = 18
LEAST_TARGET = 60

#: Links in the middle of a sentence are as high as their line (WCAG 2.5.8 exempts them too); a
#: checkbox is pressed by its whole label.
MEASURE = """([leastText, leastTarget]) => {
  const problems = [];
  const visible = {visibilityProperty: true, opacityProperty: true};
  const shown = element => element.checkVisibility(visible)
    && !element.closest('.visually-hidden, .skip, [aria-hidden="true"], canvas');
  const name = element => `<${element.tagName.toLowerCase()} class="${element.className}"> `
    + (element.innerText || element.value || element.name || '').trim().slice(0, 30);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(element)) continue;
    if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION', 'TEMPLATE'].includes(element.tagName)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < leastText) problems.push(`${size} px text: ${name(element)}`);
  }
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  for (const element of document.querySelectorAll(targets)) {
    if (!shown(element)) continue;
    const inSentence = element.tagName === 'A' && getComputedStyle(element).display === 'inline'
      && element.parentElement.textContent.trim() !== element.textContent.trim();
    if (inSentence) continue;
    const box = (element.closest('label') ?? element).getBoundingClientRect();
    if (Math.round(box.width) < leastTarget || Math.round(box.height) < leastTarget)
      problems.push(`${Math.round(box.width)} x ${Math.round(box.height)} px: ${name(element)}`);
  }
  return problems;
}"""


def problems(page: Page) -> list[str]:
    """What on the page is too small."""
    found: list[str] = page.evaluate(MEASURE, [LEAST_TEXT, LEAST_TARGET])
    return found
