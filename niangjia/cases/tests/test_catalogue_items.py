"""The national documents: each can be read, followed to its end, and used tomorrow."""

import datetime as dt
import re
import tomllib

import pytest

from niangjia.cases.rules import content, eligibility, eligibility_words
from niangjia.cases.rules.content import CLOSED
from niangjia.cases.rules.drafting import questions
from niangjia.cases.rules.drafting.problems import problems_of
from niangjia.cases.rules.eligibility import Answer
from niangjia.cases.rules.eligibility_script import script_of
from niangjia.cases.rules.eligibility_sql import could_be_helped
from niangjia.cases.rules.questions import PREFILLS, questions_of
from niangjia.cases.services import catalogue
from niangjia.core.errors import Invalid

SEEDS = catalogue.seeds()
ITEMS = {document["key"]: content.read(document) for document in SEEDS}
WANTED = {
    *("hardship-aid", "schooling-aid", "serious-illness-aid", "legal-aid", "wage-arrears"),
    *("rights-complaint", "suggestion", "counselling", "mutual-aid-claim", "childcare"),
    *("found-union", "women-health-check", "skills-subsidy", "station-supplies"),
    *("grassroots-support", "partner-organisation"),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Names that are the same in both languages.
SAME = {"WiFi"}

every_item = pytest.mark.parametrize("item", ITEMS.values(), ids=list(ITEMS))
every_seed = pytest.mark.parametrize("seed", SEEDS, ids=list(ITEMS))


def texts_in(value, path=""):
    """Every pair of words in a document, with where it stands."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield path, value["zh"], value["en"]
        else:
            for name, below in value.items():
                yield from texts_in(below, f"{path}/{name}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from texts_in(below, f"{path}/{place}")


def forms_of(item):
    return [item.form, *(step.form for step in item.steps if step.form)]


def reachable(item):
    """The steps that a case can come to."""
    seen, ahead = set(), [item.steps[0].key]
    while ahead:
        key = ahead.pop()
        if key not in seen and key != CLOSED:
            seen.add(key)
            ahead += [outcome.next for outcome in item.step(key).outcomes]
    return seen


def ending(item):
    """The steps from which a case can be closed."""
    ends = {CLOSED}
    while True:
        more = {s.key for s in item.steps if any(o.next in ends for o in s.outcomes)} | ends
        if more == ends:
            return ends - {CLOSED}
        ends = more


def test_everything_that_was_promised_is_there():
    assert set(ITEMS) >= WANTED


def test_a_document_lies_in_the_file_of_its_name():
    assert {file.stem for file in catalogue.SEEDS.glob("*.toml")} == set(ITEMS)


@every_seed
def test_all_is_said_in_both_languages(seed):
    found = list(texts_in(seed))
    assert len(found) > 20
    for path, zh, en in found:
        assert CHINESE.search(zh) or zh in SAME, (path, zh)
        assert not CHINESE.search(en), (path, en)
        assert zh != en or zh in SAME, (path, zh)


@every_item
def test_every_step_is_come_to_and_every_way_ends(item):
    steps = {step.key for step in item.steps}
    assert reachable(item) == steps
    assert ending(item) == steps


def test_a_step_nobody_comes_to_and_one_without_a_way_out_are_found():
    said = {"zh": "好", "en": "Good"}
    step = {"name": said, "note": said}
    loop = {"key": "round", "name": said, "next": "lost"}
    out = {"key": "out", "name": said, "next": CLOSED, "result": "resolved"}
    item = content.read(
        {
            **{"key": "odd", "name": said, "summary": said, "audience": said},
            "form": {"schema": {"type": "object"}},
            "promised_term": {"days": 1},
            "steps": [
                {"key": "first", **step, "outcomes": [out]},
                {"key": "lost", **step, "outcomes": [loop]},
            ],
        }
    )
    assert reachable(item) == {"first"}
    assert ending(item) == {"first"}


@every_item
def test_who_is_refused_is_told_why(item):
    for step in item.steps:
        for outcome in step.outcomes:
            if outcome.result in {"refused", "unresolved"} and step.by != "applicant":
                assert outcome.needs_reason or outcome.key == "cancelled", (step.key, outcome.key)
            # A reason that nobody but officers reads helps nobody.
            assert step.public or not outcome.needs_reason, (step.key, outcome.key)


#: What is decided on for whoever asks, and told them on paper.
ON_PAPER = {
    *("hardship-aid", "schooling-aid", "serious-illness-aid", "legal-aid", "skills-subsidy"),
    *("mutual-aid-claim", "partner-organisation", "grassroots-support"),
    *("found-union", "station-supplies"),
}


@pytest.mark.parametrize("key", sorted(ON_PAPER))
def test_what_is_decided_goes_out_as_a_letter(key):
    item = ITEMS[key]
    (decision,) = [s for s in item.steps if s.decides and any(o.document for o in s.outcomes)]
    letters = {"granted": set(), "refused": set()}
    for outcome in decision.outcomes:
        if outcome.document:
            letters[outcome.document].add(outcome.result)
        assert (outcome.result == "refused") == (outcome.document == "refused")
    # What is granted goes on: it still has to be given.
    assert letters == {"granted": {None}, "refused": {"refused"}}
    assert all(item.letter(name).decides for name in letters)


def test_a_call_back_is_left_to_another_and_can_lead_back_to_the_work():
    called = {key: s for key, item in ITEMS.items() for s in item.steps if s.key == "call-back"}
    assert set(called) == {
        *("hardship-aid", "schooling-aid", "serious-illness-aid", "legal-aid", "injury-help"),
        *("found-union", "wage-arrears"),
    }
    for key, step in called.items():
        assert step.another, key
        back = [outcome for outcome in step.outcomes if outcome.next != CLOSED]
        assert back, key
        assert all(outcome.needs_reason for outcome in back), key
        assert any("unreachable" in outcome.key for outcome in step.outcomes), key


@every_item
def test_silence_ends_only_what_has_a_term(item):
    for step in item.steps:
        silent = [outcome for outcome in step.outcomes if outcome.on_silence]
        assert len(silent) <= 1
        assert step.term is not None


@every_item
def test_a_whole_case_has_time_for_its_steps_up_to_what_was_promised(item):
    """The shortest way to an end, or to where the promise is kept, fits into the promise."""
    shortest = {item.steps[0].key: 0.0}
    ahead = [item.steps[0].key]
    kept = []
    while ahead:
        step = item.step(ahead.pop())
        spent = shortest[step.key] + step.term.days * (7 / 5 if step.term.unit == "working" else 1)
        for outcome in step.outcomes:
            if outcome.next == CLOSED or outcome.then_within:
                kept.append((spent, outcome))
            elif spent < shortest.get(outcome.next, 10_000):
                shortest[outcome.next] = spent
                ahead.append(outcome.next)
    good = [spent for spent, o in kept if o.result in {None, "granted", "resolved"}]
    promised = item.promised_term
    assert min(good) <= promised.days * (7 / 5 if promised.unit == "working" else 1)


@every_item
def test_hints_are_about_questions_there_are(item):
    for form in forms_of(item):
        names = set(form.schema_["properties"])
        assert set(form.ui["order"]) == set(form.ui["fields"]) == names
        assert set(form.schema_.get("required", ())) <= names
        assert form.schema_["additionalProperties"] is False
        for question in questions_of(form).every:
            assert question.prefill in ("", *PREFILLS)
            hint = form.ui["fields"][question.name]
            assert set(hint.get("options", {})) == {value for value, _ in question.options}


@every_item
def test_what_hangs_on_another_question_can_be_asked(item):
    for form in forms_of(item):
        for name, hint in form.ui["fields"].items():
            if "show_when" not in hint:
                continue
            above, value = hint["show_when"]["field"], hint["show_when"]["equals"]
            schema = form.schema_["properties"][above]
            assert form.ui["order"].index(above) < form.ui["order"].index(name)
            assert value in schema["enum"] if "enum" in schema else schema["type"] == "boolean"
            assert name not in form.schema_["required"]


@every_item
def test_materials_have_names_and_keys_of_their_own(item):
    keys = [material.key for material in item.materials]
    assert len(set(keys)) == len(keys)
    assert all(material.name.zh for material in item.materials)


@every_item
def test_a_parameter_is_named_for_whoever_sets_it_and_read_by_something(item):
    assert set(item.parameter_words) >= set(item.parameters)
    used = set(re.findall(r"settings\.(\w+)", " ".join(c.when for c in item.eligibility)))
    assert used <= set(item.parameter_words)


@every_item
def test_no_amount_of_money_is_made_up(item):
    """What only a place can decide has words and no value: the national document sets no yuan."""
    for name, words in item.parameter_words.items():
        assert ("元" in words.zh) == (name in item.unset), name


@every_item
def test_conditions_read_only_what_is_known(item):
    """Names of an expression: the person, the answers of this form, the settings of the place."""
    answers = set(item.form.schema_["properties"])
    known = {"age", "is_member", "months_a_member", "gender"}
    said = [c.when for c in item.eligibility] + [m.when for m in item.materials]
    for when in said:
        assert set(re.findall(r"answers\.(\w+)", when)) <= answers, when
        assert set(re.findall(r"person\.(\w+)", when)) <= known, when


@every_item
def test_a_page_can_show_each_material_by_itself(item):
    """Each `when` of ours is one that the script works out without asking the server."""
    for material in item.materials:
        assert not material.when or script_of(material.when), material.key


@every_item
def test_of_whom_nothing_is_known_nothing_is_ruled_out(item):
    eligibility.check(item)
    for verdict in eligibility.outlook(item, person={}, answers={}, today=TODAY).verdicts:
        assert verdict.answer == Answer.OPEN, verdict.condition.key


@every_item
def test_a_whole_union_can_be_asked_who_could_be_helped(item):
    assert could_be_helped(item, TODAY)


#: What a place might set.
AMOUNTS = {
    "minimum_living_standard": 786,
    "relative_limit": 1179,
    "sudden_limit": 2358,
    "income_limit": 2358,
    "most_amount": 50_000,
}
TODAY = dt.date(2026, 11, 23)
MEMBER = {"is_member": True, "age": 40, "gender": "female", "months_a_member": 24}
HARD = {"homes": 1, "has_business": False, "has_car": False}


@pytest.mark.parametrize(
    ("key", "person", "answers", "failing"),
    [
        ("hardship-aid", MEMBER, {**HARD, "cause": "low-income", "income_each": 785}, set()),
        ("hardship-aid", MEMBER, {**HARD, "cause": "low-income", "income_each": 786}, {"income"}),
        ("hardship-aid", MEMBER, {**HARD, "cause": "illness", "income_each": 1179}, set()),
        ("hardship-aid", MEMBER, {**HARD, "cause": "illness", "income_each": 1180}, {"income"}),
        ("hardship-aid", MEMBER, {**HARD, "cause": "event", "income_each": 2358}, set()),
        (
            "hardship-aid",
            {"is_member": False},
            {**HARD, "cause": "event", "income_each": 1, "homes": 2, "has_car": True},
            {"member", "homes", "car"},
        ),
        ("women-health-check", MEMBER, {"checked_before": False}, set()),
        (
            "women-health-check",
            {**MEMBER, "gender": "male", "age": 34},
            {"checked_before": True, "months_since": 23},
            {"woman", "age", "interval"},
        ),
        (
            "skills-subsidy",
            {**MEMBER, "months_a_member": 11},
            {"issued_on": "2025-11-24"},
            {"member"},
        ),
        ("legal-aid", {"is_member": False}, {"is_migrant": True, "claim": "wages"}, set()),
        (
            "legal-aid",
            {"is_member": False},
            {"is_migrant": False, "claim": "wages", "income_each": 9000},
            {"hardship"},
        ),
        ("injury-help", {}, {"applied": "no", "happened_on": "2025-11-23"}, set()),
        ("injury-help", {}, {"applied": "no", "happened_on": "2025-11-20"}, {"in-time"}),
        ("grassroots-support", {}, {"kind": "place"}, set()),
        ("grassroots-support", {}, {"kind": "money", "amount": 50_001}, {"amount"}),
    ],
)
def test_conditions_hold_for_whom_they_are_meant(key, person, answers, failing):
    item = ITEMS[key]
    here = {name: AMOUNTS[name] for name in item.unset if name in AMOUNTS}
    item = item.model_copy(update={"parameters": {**item.parameters, **here}})
    found = eligibility.outlook(item, person=person, answers=answers, today=TODAY)
    assert {v.condition.key for v in found.verdicts if v.answer == Answer.FAILS} == failing
    assert Answer.OPEN not in {v.answer for v in found.verdicts}


def test_where_nobody_has_set_the_amount_it_stays_open_and_says_which():
    answers = {**HARD, "cause": "low-income", "income_each": 1}
    found = eligibility.outlook(ITEMS["hardship-aid"], person=MEMBER, answers=answers, today=TODAY)
    (verdict,) = [v for v in found.verdicts if v.answer == Answer.OPEN]
    assert verdict.unset == ("minimum_living_standard", "relative_limit", "sudden_limit")


@every_item
def test_conditions_are_told_in_words(item):
    """No name of a field, no sign of the language is left in them."""
    for condition in item.eligibility:
        words = eligibility_words.explained(condition.when, item)
        assert not re.search(r"answers|settings|person|&&|\|\||==|[<>!_]", words), words


@every_item
def test_the_desk_writes_the_same_document_again(item):
    """Questions as rows and back: the same schema, the same hints but for lines that long texts
    have anyway."""
    for form in forms_of(item):
        before = form.model_dump(by_alias=True, mode="json")
        after = questions.form_of(questions.rows_of(before), before)
        assert after["schema"] == before["schema"]
        for name, hint in before["ui"]["fields"].items():
            assert {**hint, "widget": ""} == {**after["ui"]["fields"][name], "widget": ""}


@every_seed
def test_the_desk_finds_nothing_to_mend_in_it(seed):
    assert problems_of(seed) == []


@every_item
def test_sensitive_information_is_asked_for_separately(item):
    """PIPL, Article 29: a consent of its own, that cannot be answered with no."""
    law = " ".join(f"{legal.title.zh}{legal.article or ''}" for legal in item.legal_basis)
    if "第二十九条" in law and "个人信息保护法" in law:
        assert item.form.schema_["properties"]["sensitive_consent"]["const"] is True
        assert "sensitive_consent" in item.form.schema_["required"]


def test_the_worked_examples_of_the_manual_can_be_read():
    manual = (catalogue.SEEDS.parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    form, local, whole = (
        tomllib.loads(part) for part in re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    )
    assert set(form["form"]["ui"]["fields"]) <= set(form["form"]["schema"]["properties"])
    assert content.read(whole).key == "umbrella"
    national = next(document for document in SEEDS if document["key"] == "hardship-aid")
    assert content.read_local(national, local).promised_term.days == 25


def test_the_manual_names_every_field():
    manual = (catalogue.SEEDS.parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    parts = (content.Item, content.Step, content.Outcome, content.LetterTemplate)
    for part in (*parts, content.LetterField, content.Term):
        for name in set(part.model_fields) - {"form", "key", "steps"}:
            assert f"`{name}`" in manual, name


def test_days_are_counted_from_what_asks_for_a_day_and_in_conditions_alone():
    (seed,) = [each for each in SEEDS if each["key"] == "skills-subsidy"]
    (condition, *_others), (material, *_more) = seed["eligibility"], seed["materials"]
    odd = {**seed, "eligibility": [{**condition, "when": "days.cost < 3"}]}
    assert ["cost" in found.text for found in problems_of(odd)] == [True]
    odd = {**seed, "materials": [{**material, "when": "days.issued_on < 3"}]}
    with pytest.raises(Invalid, match=r"days\.issued_on"):
        eligibility.check(content.read(odd))
