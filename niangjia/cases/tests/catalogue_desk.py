"""The catalogue's desk as a browser has it, for tests of its pages."""

from html.parser import HTMLParser

from niangjia.cases.tests.factories import make_officer
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client


def at(union):
    post = make_officer(union, Role.ADMINISTRATOR, account=make_person(name="许文博").account)
    return officer_client(post)


def begin(browser, union):
    answer = browser.post(f"/desk/services/unions/{union.number}/drafts/", {"item": "test-aid"})
    return answer["Location"]


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def seen_in(html):
    return html.split('name="seen" value="')[1].split('"')[0]


def rows_in(html):
    return int(html.split('name="row-INITIAL_FORMS" value="')[1].split('"')[0])


class Fields(HTMLParser):
    """The fields of a page as a browser sends them back."""

    def __init__(self):
        super().__init__()
        self.fields, self.inside, self.area = {}, "", False

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        name, is_tick = at.get("name"), at.get("type") in ("checkbox", "radio")
        if tag == "input" and name and not (is_tick and "checked" not in at):
            self.fields[name] = at.get("value", "on" if is_tick else "")
        elif tag in ("textarea", "select"):
            self.inside, self.area = name, tag == "textarea"
        elif tag == "option" and (self.inside not in self.fields or "selected" in at):
            self.fields[self.inside] = at.get("value", "")

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self.inside, self.area = "", False

    def handle_data(self, data):
        if self.area:
            self.fields[self.inside] = data.removeprefix("\n")


def filled(html, given):
    """What a browser sends back, with what was changed on the page."""
    reader = Fields()
    reader.feed(html)
    return {**reader.fields, **given}
