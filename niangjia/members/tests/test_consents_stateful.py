"""Consent as a model: whatever is given and withdrawn in whatever order, each purpose stands alone
(promise 11)."""

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from niangjia.members import selectors, services
from niangjia.members.models import Consent, Purpose
from niangjia.members.rules import consent_texts
from niangjia.members.rules.consent_texts import ConsentText
from niangjia.members.tests.factories.accounts import make_account

purposes = st.sampled_from(list(Purpose))


class Consents(RuleBasedStateMachine):
    """Two people; the model remembers, per person and purpose, the version agreed to."""

    def __init__(self):
        super().__init__()
        self.people = [make_account(), make_account()]
        self.agreed = {}
        self.steps = 0
        self.texts = {purpose: list(consent_texts.versions()[purpose]) for purpose in Purpose}
        self.original = consent_texts.versions
        consent_texts.versions = lambda: {p: tuple(t) for p, t in self.texts.items()}

    def teardown(self):
        consent_texts.versions = self.original

    def now(self):
        self.steps += 1
        return dt.datetime(2026, 11, 22, tzinfo=dt.UTC) + dt.timedelta(minutes=self.steps)

    @rule(who=st.integers(0, 1), purpose=purposes)
    def give(self, who, purpose):
        services.give_consent(account=self.people[who], purpose=purpose, now=self.now())
        self.agreed[who, purpose] = consent_texts.current(purpose).version

    @rule(who=st.integers(0, 1), purpose=purposes)
    def withdraw(self, who, purpose):
        services.withdraw_consent(account=self.people[who], purpose=purpose, now=self.now())
        self.agreed.pop((who, purpose), None)

    @precondition(lambda self: self.steps < 20)
    @rule(purpose=purposes)
    def change_the_text(self, purpose):
        version = f"2027-01-{len(self.texts[purpose]):02d}"
        self.texts[purpose].append(ConsentText(purpose, version, "新", "new"))

    @invariant()
    def what_stands_is_what_was_agreed_under_the_text_of_today(self):
        for who, account in enumerate(self.people):
            expected = {
                purpose
                for (person, purpose), version in self.agreed.items()
                if person == who and version == consent_texts.current(purpose).version
            }
            assert set(selectors.current_consents(account)) == expected

    @invariant()
    def history_is_never_rewritten(self):
        for consent in Consent.objects.filter(withdrawn_at__isnull=False):
            assert consent.given_at <= consent.withdrawn_at


@pytest.mark.django_db
def test_consents():
    run_state_machine_as_test(
        Consents, settings=settings(max_examples=10, stateful_step_count=12, deadline=None)
    )
