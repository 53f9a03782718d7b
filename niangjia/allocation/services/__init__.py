"""Every use case that changes pools."""

from niangjia.allocation.rules.pools import PoolDraft
from niangjia.allocation.services.claiming import Answered, Ask, claim, claim_all
from niangjia.allocation.services.closing import (
    cancel_pool,
    cancel_pools_of,
    close_pool,
    end_claims,
)
from niangjia.allocation.services.deciding import decide_claim, end_undecided, rank_claims
from niangjia.allocation.services.drawing import announce_draw, read_value
from niangjia.allocation.services.entering import judge_entry, synchronise
from niangjia.allocation.services.expiring import expire_due, sweep
from niangjia.allocation.services.gates import (
    Pack,
    end_steward,
    name_steward,
    offline_pack,
    open_gate,
    shut_gate,
)
from niangjia.allocation.services.handing_over import (
    hand_over_claim,
    shrink_claim,
    withdraw_claim,
)
from niangjia.allocation.services.leaving import leave
from niangjia.allocation.services.ledger import hold
from niangjia.allocation.services.offering import confirm_claim, return_claim
from niangjia.allocation.services.pools import change_pool, open_pool
from niangjia.allocation.services.reaching import reach_also
from niangjia.allocation.services.reminding import remind_of_draws
from niangjia.allocation.services.sealing import seal_draw, seal_due
from niangjia.allocation.services.settling import Settled, settle
from niangjia.allocation.services.showing import (
    LetIn,
    issue_code,
    let_in,
    let_party_in,
    verify_code,
)
from niangjia.allocation.services.supply import (
    ShareDraft,
    add_supply,
    return_shares,
    split_pool,
)
from niangjia.allocation.services.using import mark_unused, mark_used
from niangjia.allocation.services.voiding import call_off_draws, reasons_at, void_draw

__all__ = [
    "Answered",
    "Ask",
    "LetIn",
    "Pack",
    "PoolDraft",
    "Settled",
    "ShareDraft",
    "add_supply",
    "announce_draw",
    "call_off_draws",
    "cancel_pool",
    "cancel_pools_of",
    "change_pool",
    "claim",
    "claim_all",
    "close_pool",
    "confirm_claim",
    "decide_claim",
    "end_claims",
    "end_steward",
    "end_undecided",
    "expire_due",
    "hand_over_claim",
    "hold",
    "issue_code",
    "judge_entry",
    "leave",
    "let_in",
    "let_party_in",
    "mark_unused",
    "mark_used",
    "name_steward",
    "offline_pack",
    "open_gate",
    "open_pool",
    "rank_claims",
    "reach_also",
    "read_value",
    "reasons_at",
    "remind_of_draws",
    "return_claim",
    "return_shares",
    "seal_draw",
    "seal_due",
    "settle",
    "shrink_claim",
    "shut_gate",
    "split_pool",
    "sweep",
    "synchronise",
    "verify_code",
    "void_draw",
    "withdraw_claim",
]
