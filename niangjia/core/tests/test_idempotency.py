"""One effect however often the same write arrives (promise 20)."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from niangjia.core import clock, errors, idempotency
from niangjia.core.idempotency import Answer
from niangjia.core.models import AnsweredRequest, OutboxEvent
from niangjia.core.tests.races import at_once

ACCOUNT = uuid.uuid4()


def effect(status=201):
    row = OutboxEvent.objects.create(type="effect", payload={}, at=clock.now())
    return Answer(status, body=str(row.pk), headers={"Location": "/x"})


def send(key="key-0001", content=b"one", account=ACCOUNT, run=effect):
    return idempotency.once(account_id=account, key=key, content=content, run=run)


def effects():
    return OutboxEvent.objects.filter(type="effect").count()


@pytest.mark.django_db
class TestOnce:
    def test_the_second_time_gives_the_first_answer_and_no_effect(self):
        first, was_again = send()
        second, is_again = send()
        assert (was_again, is_again) == (False, True)
        assert second == first
        assert effects() == 1

    def test_control_another_key_has_another_effect(self):
        send()
        send(key="key-0002")
        assert effects() == 2

    def test_a_key_is_one_account_s_own(self):
        send()
        assert send(account=uuid.uuid4())[1] is False

    def test_a_changed_body_is_refused(self):
        send()
        with pytest.raises(errors.Invalid) as refusal:
            send(content=b"two")
        assert refusal.value.code == "idempotency-key-reused"
        assert effects() == 1

    @pytest.mark.parametrize(
        "key", ["", "short", "a" * 201, "with a space", "键键键键键键键键", "a\x00" * 8]
    )
    def test_a_key_that_is_none_is_refused(self, key):
        with pytest.raises(errors.Invalid):
            send(key=key)
        assert effects() == 0

    def test_what_did_not_succeed_can_be_corrected(self):
        assert send(run=lambda: Answer(422))[0].status == 422
        assert send(content=b"corrected")[0].status == 201
        assert effects() == 1

    def test_a_failure_leaves_neither_effect_nor_answer(self):
        def fail():
            effect()
            raise RuntimeError

        with pytest.raises(RuntimeError):
            send(run=fail)
        assert (effects(), AnsweredRequest.objects.count()) == (0, 0)
        assert send()[1] is False

    def test_answers_are_forgotten_after_a_day(self):
        with clock.stopped_at(clock.now() - idempotency.KEPT - dt.timedelta(minutes=1)):
            send()
        assert send(content=b"two")[1] is False
        with clock.stopped_at(clock.now() + idempotency.KEPT + dt.timedelta(minutes=1)):
            assert idempotency.forget_expired() == 1

    def test_an_answer_cannot_be_read_in_the_database(self):
        answer, _ = send()
        with connection.cursor() as cursor:
            cursor.execute("SELECT answer FROM core_answeredrequest")
            assert answer.body.encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_ten_at_once_one_has_an_effect_and_all_get_its_answer(self):
        results = at_once(*[send] * 10)
        assert effects() == 1
        assert sum(not is_again for _, is_again in results) == 1
        assert len({answer.body for answer, _ in results}) == 1

    def test_control_without_the_constraint_there_would_be_ten(self, monkeypatch):
        monkeypatch.setattr(idempotency, "claim", lambda *_: (uuid.uuid4(), False))
        at_once(*[send] * 10)
        assert effects() == 10

    def test_who_waits_too_long_is_told(self, monkeypatch):
        monkeypatch.setattr(idempotency, "WAIT_SECONDS", 1)
        with transaction.atomic():
            send()
            [refusal] = at_once(send)
        assert isinstance(refusal, errors.Conflict)
        assert refusal.code == "in-progress"

    def test_an_answer_lost_on_its_way_changes_nothing(self):
        """The process dies after the commit, before the reply: the client asks again."""
        first, _ = send()
        connection.close()
        again, is_again = send()
        assert is_again
        assert again == first
        assert effects() == 1

    def test_a_process_that_dies_before_the_commit_has_done_nothing(self):
        with pytest.raises(SystemExit):
            send(run=lambda: (effect(), exit())[1])
        connection.close()
        assert effects() == 0
        assert send()[1] is False


@pytest.mark.django_db
@pytest.mark.urls("niangjia.core.tests.urls")
class TestForms:
    @pytest.fixture
    def signed_in(self, client, django_user_model):
        client.force_login(
            django_user_model.objects.create_user("+8613800138000"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client

    def press(self, client, text="once", key="form-key-1"):
        return client.post("/store/", {"text": text, "idempotency_key": key})

    def test_a_double_press_has_one_effect_and_one_answer(self, signed_in):
        first, second = self.press(signed_in), self.press(signed_in)
        assert first.status_code == second.status_code == 302
        assert first["Location"] == second["Location"]
        assert OutboxEvent.objects.filter(type="once").count() == 1

    def test_control_without_the_field_it_has_two(self, signed_in):
        for _ in range(2):
            signed_in.post("/store/", {"text": "once"})
        assert OutboxEvent.objects.filter(type="once").count() == 2

    def test_a_form_with_errors_can_be_corrected_and_sent_again(self, signed_in):
        assert self.press(signed_in, "bad").status_code == 200
        assert self.press(signed_in, "good").status_code == 302

    def test_a_key_for_another_form_is_refused_kindly(self, signed_in):
        self.press(signed_in)
        assert self.press(signed_in, "other").status_code == 422

    def test_the_same_file_again_is_the_same_and_another_is_not(self, signed_in):
        def press(content):
            file = SimpleUploadedFile("a.pdf", content)
            return signed_in.post(
                "/store/", {"text": "once", "idempotency_key": "form-key-1", "file": file}
            )

        assert press(b"one").status_code == press(b"one").status_code == 302
        assert press(b"two").status_code == 422
        assert OutboxEvent.objects.filter(type="once").count() == 1

    def test_the_tag_gives_each_form_a_key_of_its_own(self):
        from niangjia.core.templatetags.idempotency import idempotency_key

        first, second = idempotency_key(), idempotency_key()
        assert 'type="hidden" name="idempotency_key"' in first
        assert first != second
