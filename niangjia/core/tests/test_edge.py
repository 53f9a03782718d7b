"""What views raise becomes a kind page, and what nothing can handle is refused first."""

import logging

import pytest
from django.core.files import temp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from niangjia.core.edge import logs, request_ids

pytestmark = [pytest.mark.django_db, pytest.mark.urls("niangjia.core.tests.urls")]

NUL_SESSION = '"' + "\\000" * 10 + '"'


@pytest.fixture
def page(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("conflict", 409, "somebody was faster"),
        ("invalid", 422, "not like that"),
        ("too-late", 410, "it is over"),
        ("throttled", 429, "slowly"),
        ("surrogate", 422, "无法保存的字符"),
    ],
)
def test_a_refusal_is_a_page_with_its_words(page, how, status, words):
    response = page.get(f"/misbehave/{how}/")
    assert response.status_code == status
    assert words in response.content.decode()


def test_who_is_throttled_is_told_when_to_come_back(page):
    assert page.get("/misbehave/throttled/")["Retry-After"] == "90"


def test_missing_and_forbidden_are_one_page(page):
    pages = [page.get(f"/misbehave/{how}/") for how in ("absent", "forbidden")]
    pages.append(page.get("/nowhere/"))
    assert {response.status_code for response in pages} == {404}
    bodies = {
        response.content.decode().replace(response.wsgi_request.path, "") for response in pages
    }
    assert len({without_secrets(body) for body in bodies}) == 1


def without_secrets(body):
    import re

    return re.sub(r'(nonce|value|content|X-CSRFToken)(=|": )"[^"]*"', "", body)


def test_a_mistake_of_ours_says_so_and_tells_nothing(page):
    response = page.get("/misbehave/broken/")
    assert response.status_code == 500
    assert "a mistake of ours" not in response.content.decode()


@pytest.mark.parametrize(
    "send",
    [
        lambda page: page.get("/store/?text=%00"),
        lambda page: page.get("/store/?%00=1"),
        lambda page: page.post("/store/", {"text": "a\x00b"}),
    ],
)
def test_a_nul_is_refused_not_a_breakdown(page, send):
    response = send(page)
    assert response.status_code == 422
    assert "无法保存的字符" in response.content.decode()


def test_a_nul_in_the_address_leads_nowhere(page):
    assert page.get("/misbehave/a%00b/").status_code == 404


def test_a_nul_in_a_cookie_is_no_cookie(page):
    response = page.get("/", headers={"cookie": f"session={NUL_SESSION}"})
    assert response.status_code == 200


def test_too_much_at_once_is_refused_before_it_is_read(page):
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=2_000_000):
        response = page.post("/store/", {"text": "字" * 1_000_000})
    assert response.status_code == 413
    assert "2 MB" in response.content.decode()


def upload(size):
    return SimpleUploadedFile("a.bin", bytes(size))


def test_files_may_be_larger_than_texts_but_not_without_end(page):
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=2_000_000, NIANGJIA_UPLOAD_BYTES=4_000_000):
        taken = page.post("/store/", {"text": "x", "file": upload(3_000_000)})
        refused = page.post("/store/", {"text": "x", "file": upload(4_000_000)})
    assert taken.status_code == 302
    assert refused.status_code == 413
    assert "4 MB" in refused.content.decode()


DJANGOS_OWN = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]


@pytest.mark.parametrize(("handlers", "on_disk"), [(None, 0), (DJANGOS_OWN, 1)])
def test_an_upload_never_lies_on_a_disk(page, settings, monkeypatch, handlers, on_disk):
    """The second is the control: Django's own way would."""
    written, temporary = [], temp.NamedTemporaryFile
    monkeypatch.setattr(
        temp, "NamedTemporaryFile", lambda **how: written.append(how) or temporary(**how)
    )
    settings.FILE_UPLOAD_HANDLERS = handlers or settings.FILE_UPLOAD_HANDLERS
    page.post("/store/", {"text": "x", "file": upload(5_000_000)})
    assert len(written) == on_disk


def test_control_the_same_is_read_below_the_limit(page):
    assert page.post("/store/", {"text": "字" * 90}).status_code == 302


@pytest.mark.parametrize("given", ["", "x", "a b c d e f g h", "a" * 65, "<script>alert(1)"])
def test_every_answer_names_its_request(page, given):
    response = page.get("/", headers={request_ids.HEADER: given})
    assert response[request_ids.HEADER] != given
    assert request_ids.ACCEPTED.fullmatch(response[request_ids.HEADER])


def test_the_name_a_front_server_gave_is_kept(page):
    response = page.get("/", headers={request_ids.HEADER: "abcdef-123456"})
    assert response[request_ids.HEADER] == "abcdef-123456"


CANARIES = {
    "11010519491231002X": "[identity number]",
    "110105491231002": "[identity number]",
    "13800138000": "[phone]",
    "+86 138 0013 8000": "[phone]",
    "wang@example.com": "[e-mail]",
    "Bearer nj_abcdef": "[token]",
    "DETAIL:  Failing row contains (王小明, 1)": "[withheld]",
}


def line(message, *arguments, error=None):
    record = logging.LogRecord("x", logging.ERROR, "f", 1, message, arguments, error)
    return logs.ScrubbingFormatter("{request_id} {message}", style="{").format(record)


@pytest.mark.parametrize(("canary", "instead"), CANARIES.items())
def test_logs_hold_no_personal_data(canary, instead):
    try:
        raise ValueError(f"bad input\n{canary}")
    except ValueError as error:
        traceback = (type(error), error, error.__traceback__)
    for text in (
        line(f"got\n{canary}"),
        line("got\n%s", canary),
        line("got", error=traceback),
    ):
        assert canary not in text
        assert "王小明" not in text
        assert instead in text


def test_control_numbers_of_other_kinds_stay():
    text = "took 13800138000123 ns, division 110105, 2026-11-22 14:26:41"
    assert line(text).endswith(text)
