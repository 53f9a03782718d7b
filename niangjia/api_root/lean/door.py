"""The door itself: reads, gathers, has it done, answers."""

import gc
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, connection

from niangjia.allocation.doors import Gatherer, claim_together, come_again
from niangjia.allocation.services import Answered, Ask
from niangjia.api_root import throttling
from niangjia.api_root.lean.reading import Plain, Scope, plain_claim
from niangjia.api_root.lean.replies import Line, Moulds, Site
from niangjia.core import clock, transactions
from niangjia.core.errors import DomainError
from niangjia.members.doors import crowds

logger = logging.getLogger(__name__)
#: Threads for those who turn out not to be plain once the database was asked.
ODD_THREADS = 2


class Waiting(NamedTuple):
    """Somebody at the door."""

    line: Line
    scope: Scope
    plain: Plain


class Door:
    """Stands before the site: takes plain claims, lets everything else pass."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.moulds = Moulds(site)
        self.gatherer = Gatherer(self.work)
        self.odd = ThreadPoolExecutor(ODD_THREADS, thread_name_prefix="odd-claims")

    def __call__(self, line: Line, scope: Scope) -> int:
        """Handle a request. What this returns is of no interest to anybody but a log; a claim is
        answered later, by another thread."""
        if scope["REQUEST_METHOD"] == "POST" and (plain := plain_claim(scope)):
            if not self.gatherer.put(Waiting(line, scope, plain)):
                self.moulds.answer(line, plain, come_again())
            return 200
        return int(self.site(line, scope) or 200)

    def work(self, batch: Sequence[Waiting]) -> None:
        """Answer everybody in a batch, or have the site answer them."""
        try:
            waiting, asks = self.known(batch)
            answers = claim_together(asks=asks, now=clock.now()) if asks else []
        except Exception as error:
            waiting = list(batch)
            answers = [unanswered(error)] * len(batch)
        finally:
            # Goes back to the pool, where it is looked at before it is taken again.
            connection.close()
        for each, answer in zip(waiting, answers, strict=True):
            self.tell(each, answer)

    def tell(self, each: Waiting, answer: Answered | DomainError) -> None:
        """Answer one of them; that this failed is nobody else's trouble."""
        try:
            self.moulds.answer(each.line, each.plain, answer)
        except Exception:
            logger.exception("an answer could not be written")
            each.line.response_bytes(500, [], b"")

    def known(self, batch: Sequence[Waiting]) -> tuple[list[Waiting], list[Ask]]:
        """Those whose account is known, and what they ask for; the others are the site's."""
        now = clock.now()
        plains = [each.plain for each in batch]
        sessions = crowds.accounts_of_sessions({one.session for one in plains} - {""}, now=now)
        tokens = crowds.accounts_of_tokens({one.token for one in plains} - {""}, now=now)
        waiting, asks = [], []
        for each in batch:
            plain = each.plain
            account_id = sessions.get(plain.session) or tokens.get(plain.token)
            if account_id is None or throttling.wait_for(account_id, now):
                self.odd.submit(self.site, each.line, each.scope)
                continue
            waiting.append(each)
            asks.append(Ask(plain.pool_id, account_id, plain.key, plain.parts, True))
        return waiting, asks


def door(site: Site) -> Door:
    """`site` with the lean door before it, made ready meanwhile. One for each process."""
    made = Door(site)
    threading.Thread(target=warm_up, args=[made], name="warm-up", daemon=True).start()
    return made


def warm_up(made: Door) -> None:
    """Have the site load what it needs. What is there by then stays until the process ends, and
    need not be looked through for what can go each time that memory is tidied up."""
    made.moulds.make()
    gc.collect()
    gc.freeze()


def unanswered(error: Exception) -> DomainError:
    """What is said when nobody in a batch could be answered."""
    if isinstance(error, DatabaseError | InterfaceError) and transactions.is_away(error):
        logger.warning("claims cannot be answered: the database is away")
        return transactions.away()
    logger.error("claims could not be answered", exc_info=error)
    return come_again()
