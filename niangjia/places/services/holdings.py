"""What this room holds about people."""

from django.utils.translation import gettext_lazy as _

from niangjia.core import personal_data
from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings.reasons import internal
from niangjia.places.rules.star_terms import LABELS

HOLDINGS = (
    Holding(
        model="places.Keeper",
        link="account_id",
        to="account",
        title=_("Places you keep"),
        exported=("place_name", "known_as", "since_at", "ended_at"),
        withheld=internal("place_id"),
        erased={"known_as": "—"},
        kept="that somebody kept the place, without who it was",
        readers={"place_name": lambda keeper: keeper.place.name},
    ),
    Holding(
        model="places.KeeperInvitation",
        link="keeper__account_id",
        to="account",
        title=_("Links by which you came to keep a place"),
        withheld=internal(
            *("place_id", "known_as", "token_digest", "created_at", "expires_at", "keeper_id")
        ),
        erased={"known_as": "—"},
        kept="that somebody was asked to keep the place, without who it was",
    ),
    Holding(
        model="places.OpeningDay",
        link="by_account_id",
        to="account",
        title=_("Days you ticked that a place was open"),
        exported=("place_name", "date", "ticked_at"),
        withheld=internal("place_id", "is_late", "lacking", "asked_at", "told_at"),
        kept="whether a place was open on a day is part of its record",
        readers={"place_name": lambda day: day.place.name},
    ),
    Holding(
        model="places.Step",
        link="by_account_id",
        to="account",
        title=_("Steps you took for a place to open"),
        exported=("place_name", "at", "to"),
        withheld=internal("place_id", "words", "who", "answers", "checklist"),
        kept="who let a place open is part of its record",
        readers={"place_name": lambda step: step.place.name},
    ),
    Holding(
        model="places.PlaceList",
        link="by_account_id",
        to="account",
        title=_("Lists of places you sent"),
        exported=("name", "sent_at", "total"),
        withheld=internal(
            *("union_id", "reach_path", "reach_below", "sha256", "headings", "columns", "system"),
            *("kind", "hours", "state", "done", "due", "ended_at"),
        ),
        kept="who sent a list of places is part of their record",
    ),
    Holding(
        model="places.ListRow",
        link="place_list__by_account_id",
        to="account",
        title=_("Rows of the lists of places you sent"),
        withheld=internal(
            *("place_list_id", "number", "cells", "values", "mended", "name", "address"),
            *("longitude", "latitude", "state", "problems", "likes", "is_another"),
            *("same_as_id", "same_row", "place_id"),
        ),
        kept="rows say where places are, and nothing of whoever sent them",
    ),
)

HOLDINGS_OF_ROUNDS = (
    Holding(
        model="places.Round",
        link="planned_by_account_id",
        to="account",
        title=_("Rounds you planned"),
        exported=("round_name", "date"),
        withheld=internal(
            *("union_id", "name", "start_longitude", "start_latitude", "drives", "planned_at"),
            *("called_off_at", "call_off_reason"),
        ),
        kept="who planned a round is part of its record",
        readers={"round_name": lambda found: found.name},
    ),
    Holding(
        model="places.Inspector",
        link="account_id",
        to="account",
        title=_("Rounds you were asked to go on"),
        exported=("round_name", "date"),
        withheld=internal("round_id"),
        kept="who was asked to go on a round is part of its record",
        readers={
            "round_name": lambda each: each.round.name,
            "date": lambda each: each.round.date,
        },
    ),
    Holding(
        model="places.Inspection",
        link="by_account_id",
        to="account",
        title=_("Places you inspected"),
        exported=("place_name", "done_at", "found"),
        withheld=internal(
            *("round_id", "place_id", "position", "metres", "minutes", "begun_at", "arrived_at"),
            *("plate_id", "no_plate_reason", "answers", "checklist", "words"),
        ),
        kept="what was found on a round, and by whom, is part of the record of the place",
        readers={"place_name": lambda each: each.place.name},
    ),
    Holding(
        model="places.Problem",
        link="mended_by_account_id",
        to="account",
        title=_("What you mended at a place"),
        exported=("place_name", "mended_at"),
        withheld=internal(
            *("place_id", "about", "title", "facility", "severity", "source", "mender", "union_id"),
            *("inspection_id", "state", "opened_at", "due_at", "extensions", "late_told_at"),
            *("due_from", "due_days", "closed_at"),
        ),
        kept="who mended something is part of the record of the place",
        readers={"place_name": lambda each: each.place.name},
    ),
    Holding(
        model="places.ProblemStep",
        link="by_account_id",
        to="account",
        title=_("Steps you took about something to be mended"),
        exported=("place_name", "at", "kind"),
        withheld=internal("problem_id", "words", "due_at"),
        kept="who took a step is part of the record of the place",
        readers={"place_name": lambda step: step.problem.place.name},
    ),
    Holding(
        model="places.StarRating",
        link="by_account_id",
        to="account",
        title=_("Stars you gave a place"),
        exported=("place_name", "stars", "made_at"),
        withheld=internal(
            *("place_id", "month", "before", "rules", "findings", "facts", "reason"),
            *("objections_until", "counts_from", "withdrawn_at", "terms"),
        ),
        kept="who gave stars by hand is part of the record of the place",
        readers={"place_name": lambda each: each.place.name},
    ),
    Holding(
        model="places.StarTerms",
        link="set_by_account_id",
        to="account",
        title=_("How much you had the stars of stations ask for"),
        exported=("set_at",),
        withheld=internal("union_id", *LABELS),
        kept="who set terms is part of the record of the union",
    ),
    Holding(
        model="places.StarObjection",
        link="by_account_id",
        to="account",
        title=_("Objections you made to fewer stars"),
        exported=("place_name", "words", "at", "answer"),
        withheld=internal("rating_id", "is_upheld", "decided_at", "decided_by_account_id"),
        kept="an objection is part of the record of the place",
        readers={"place_name": lambda each: each.rating.place.name},
    ),
    Holding(
        model="places.PlacePhoto",
        link="looked_by_account_id",
        to="account",
        title=_("Photos of places that you let everybody see"),
        exported=("place_name", "shown_at"),
        withheld=internal(
            *("place_id", "report_id", "alt", "position", "digest", "stored_id", "small_id"),
            *("key", "width", "height", "added_at"),
        ),
        kept="who let everybody see a photo is part of the record of the place",
        readers={"place_name": lambda photo: photo.place.name},
    ),
    *(
        Holding(
            model="places.SitePhoto",
            link=f"{of}__by_account_id",
            to="account",
            title=title,
            exported=("added_at",),
            withheld=internal("inspection_id", "step_id", "item", "digest", "stored_id", "key"),
            kept="a photo of the place is part of its record",
        )
        for of, title in (
            ("inspection", _("Photos you took on a round")),
            ("step", _("Photos you took of what was mended")),
        )
    ),
)


HOLDINGS_OF_REQUESTS = (
    Holding(
        model="places.SupplyAsker",
        link="account_id",
        to="account",
        title=_("Supplies you asked for at a place"),
        exported=("place_name", "what", "at"),
        withheld=internal("request_id"),
        deleted=True,
        readers={
            "place_name": lambda asker: asker.request.place.name,
            "what": lambda asker: asker.request.what,
        },
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS, *HOLDINGS_OF_ROUNDS, *HOLDINGS_OF_REQUESTS)
