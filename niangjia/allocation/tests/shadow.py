"""A pool as one would keep it on paper: everything is counted anew each time, nothing is locked,
nothing is remembered but the claims. What the real one is compared with."""

from dataclasses import dataclass, field

TAKING = {"offered", "held", "confirmed"}
LIVE = TAKING | {"entered", "waiting"}


@dataclass
class PaperClaim:
    who: str
    parts: int
    state: str
    place: int
    home: str | None
    source: str | None = None
    until: int | None = None


@dataclass
class PaperShare:
    supply: int
    returns_at: int | None = None
    is_live: bool = True


@dataclass
class Paper:
    """Times are minutes since opening. `homes` says to which union each person belongs."""

    supply: int
    mode: str
    has_list: bool
    confirm: int
    offer: int
    gathers: bool
    per_person: int
    parts_max: int
    closes_at: int
    homes: dict[str, str | None]
    now: int = 0
    shares: dict[str, PaperShare] = field(default_factory=dict)
    claims: list[PaperClaim] = field(default_factory=list)
    is_decided: bool = False
    is_cancelled: bool = False
    last_place: int = 0

    # What there is

    def taken(self, source=...):
        return sum(c.parts for c in self.claims if c.state in TAKING and source in (..., c.source))

    def rest_of(self, name):
        share = self.shares.get(name)
        return share.supply - self.taken(name) if share and share.is_live else 0

    def reserved(self):
        return sum(self.rest_of(name) for name in self.shares)

    def left(self):
        return self.supply - self.taken() - self.reserved()

    @property
    def may_be_drawn(self):
        return self.mode == "draw" and not (self.is_decided or self.is_cancelled)

    # What is done

    def claim(self, who, parts):
        """The verdict."""
        if self.is_cancelled:
            return "cancelled"
        if self.now >= self.closes_at:
            return "closed"
        if parts > self.parts_max:
            return "too-many-parts"
        if sum(c.who == who and c.state in LIVE for c in self.claims) >= self.per_person:
            return "has-share"
        home = self.homes[who] if self.belongs(self.homes[who]) else None
        new = PaperClaim(who, parts, "entered", 0, home)
        if self.mode == "first_come" and not (self.gathers and self.now == 0):
            if self.serve(new):
                new.state = "held" if self.confirm else "confirmed"
                new.until = self.now + self.confirm if self.confirm else None
            elif self.has_list:
                new.state = "waiting"
            else:
                return "sold-out"
        self.last_place += 1
        new.place = self.last_place
        self.claims.append(new)
        return "granted" if new.state == "confirmed" else new.state

    def belongs(self, home):
        return home in self.shares and self.shares[home].is_live

    def serve(self, claim):
        """Whether there is enough; where it then comes from."""
        if claim.home and self.rest_of(claim.home) >= claim.parts:
            claim.source = claim.home
        elif self.left() >= claim.parts:
            claim.source = None
        else:
            return False
        return True

    def settle(self, order):
        """Serve whoever entered, in `order`: a list of claims."""
        for claim in order:
            self.last_place += 1
            claim.place = self.last_place
            if self.serve(claim):
                claim.state = "held" if self.confirm else "confirmed"
                claim.until = self.now + self.confirm if self.confirm else None
            else:
                claim.state = "waiting" if self.has_list else "lost"
        self.is_decided = True

    def offer_free(self):
        if not self.has_list or self.is_cancelled:
            return
        for claim in sorted(self.claims, key=lambda c: c.place):
            if claim.state == "waiting" and self.serve(claim):
                claim.state, claim.until = "offered", self.now + self.offer

    def end(self, claim, state):
        claim.state, claim.until = state, None

    def expire(self):
        due = [c for c in self.claims if c.until is not None and c.until <= self.now]
        for claim in due:
            self.end(claim, "expired")
        if due:
            self.offer_free()

    def flow_back(self, name):
        self.shares[name].is_live = False
        for claim in self.claims:
            if claim.source == name:
                claim.source = None
            if claim.home == name:
                claim.home = None
        self.offer_free()
