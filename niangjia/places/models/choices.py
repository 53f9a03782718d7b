"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of place it is."""

    STATION = "station", _("Service station")
    DRIVERS_HOME = "drivers_home", _("Drivers' home")
    PALACE = "palace", _("Palace of culture")
    NURSING_ROOM = "nursing_room", _("Nursing room")
    STUDIO = "studio", _("Innovation studio")
    OFFICE = "office", _("Service centre")


class State(models.TextChoices):
    """How far it has come on the way to the public. Only what is published is found."""

    DRAFT = "draft", _("Being prepared")
    APPLIED = "applied", _("Applied for")
    CHECKED = "checked", _("Checked on site")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Open to the public")
    CLOSED = "closed", _("Closed for good")


class Have(models.TextChoices):
    """The six haves (六有) of a station: what the programme of 2023 asks of each."""

    SIGN = "sign", _("A sign that says what it is")
    LAYOUT = "layout", _("A sensible layout")
    FACILITIES = "facilities", _("Facilities")
    SERVICES = "services", _("Services")
    RULES = "rules", _("Rules on the wall")
    MAP = "map", _("A point on the map")


class Language(models.TextChoices):
    """What is spoken there besides Mandarin."""

    ENGLISH = "en", _("English")
    UYGHUR = "ug", _("Uyghur")
    TIBETAN = "bo", _("Tibetan")
    MONGOLIAN = "mn", _("Mongolian")
    KAZAKH = "kk", _("Kazakh")
    KOREAN = "ko", _("Korean")
    ZHUANG = "za", _("Zhuang")
    YI = "ii", _("Yi")
    CANTONESE = "yue", _("Cantonese")
    SIGN = "csl", _("Sign language")


class Access(models.TextChoices):
    """What makes it easy to get in and about."""

    STEP_FREE = "step_free", _("No steps at the door")
    WIDE_DOOR = "wide_door", _("A door wide enough for a wheelchair")
    TOILET = "toilet", _("A toilet for wheelchairs")
    TACTILE = "tactile", _("A tactile path to the door")
    PARKING = "parking", _("A parking space for disabled drivers")


class Said(models.TextChoices):
    """What somebody says about a place."""

    OPEN = "open", _("It was open")
    CLOSED = "closed", _("It was closed")
    LACKS = "lacks", _("Something is missing or broken")
    MOVED = "moved", _("It is not where the map says")


class Sort(models.TextChoices):
    """What stands in the cupboard, and what is looked after."""

    SUPPLY = "supply", _("Supplies")
    EQUIPMENT = "equipment", _("Equipment")


class Ending(models.TextChoices):
    """Why something is there no longer."""

    USED_UP = "used_up", _("Used up")
    BROKEN = "broken", _("Broken")
    EXPIRED = "expired", _("Thrown away, expired")
    MISTAKE = "mistake", _("Entered by mistake")


class Found(models.TextChoices):
    """What whoever goes to inspect a place finds at the door."""

    OPEN = "open", _("Open, as it should be")
    SHUT = "shut", _("Shut, though it should be open")
    GONE = "gone", _("There is no such place any more")


class Severity(models.TextChoices):
    """How bad something is: so much time there is to mend it (`rules.mending`)."""

    MINOR = "minor", _("Can wait a little")
    MAJOR = "major", _("People miss it")
    DANGER = "danger", _("Dangerous: shut until mended")


class Source(models.TextChoices):
    """Who noticed that something is wrong."""

    INSPECTION = "inspection", _("Found on a round")
    PUBLIC = "public", _("Several people say so")


class Mender(models.TextChoices):
    """Who has to mend it."""

    KEEPER = "keeper", _("Whoever keeps the place")
    UNION = "union", _("The union of the place")


class ProblemState(models.TextChoices):
    """Where a problem stands."""

    OPEN = "open", _("To be mended")
    MENDED = "mended", _("Mended, to be reviewed")
    CLOSED = "closed", _("Reviewed: all right")


class ProblemStepKind(models.TextChoices):
    """What happened to a problem."""

    OPENED = "opened", _("Found to be wrong")
    FOUND = "found", _("Found again")
    EXTENDED = "extended", _("More time was given")
    MENDED = "mended", _("Said to be mended")
    PASSED = "passed", _("Review: it is all right")
    SENT_BACK = "sent_back", _("Review: it is not")
    REOPENED = "reopened", _("Wrong again")
    ESCALATED = "escalated", _("Late: the union above was told")


class Asked(models.TextChoices):
    """What became of a request for supplies."""

    ASKED = "asked", _("Asked for")
    ON_WAY = "on_way", _("On its way")
    ARRIVED = "arrived", _("Arrived")
    DECLINED = "declined", _("Declined")


class DoorSaid(models.TextChoices):
    """What a lock did, or what happened to its door."""

    OPENED = "opened", _("Opened for a member")
    USED = "used", _("The same code was shown again")
    SHUT = "shut", _("Shown while it was shut")
    NOT_GOOD = "not_good", _("A code that is not good here, or no longer")
    NO_CODE = "no_code", _("Something that is no code")
    OUT_OF_DATE = "out_of_date", _("The lock was too long without a network")
    FORCED = "forced", _("The door was forced")


class Crowd(models.TextChoices):
    """How full a place is, as far as check-ins tell."""

    QUIET = "quiet", _("Few people")
    SOME_ROOM = "some_room", _("Some room")
    BUSY = "busy", _("Busy")
    FULL = "full", _("Full")
