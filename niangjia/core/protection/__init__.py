"""Protected rows: the database shows them only to a viewer whose scope it has verified (promise 2).

Row-level security is forced on their tables; policies ask `core_viewer_account()`,
`core_viewer_receipt()` or `core_viewer_work()` who is looking, and get NULL unless the app has said
so, under its key, in this very transaction (ADR 60).
"""

from niangjia.core.protection.scope_keys import publish_keys, rotate_keys
from niangjia.core.protection.tables import enable, protected_tables
from niangjia.core.protection.viewers import viewing, working

__all__ = [
    "enable",
    "protected_tables",
    "publish_keys",
    "rotate_keys",
    "viewing",
    "working",
]
