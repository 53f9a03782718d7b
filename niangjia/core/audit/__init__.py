"""What happened: every service writes one entry per effect, in its own transaction."""

from niangjia.core.audit.checkpoints import write_checkpoint
from niangjia.core.audit.recording import Act, expect_entries, record, record_all
from niangjia.core.audit.verification import Problem, Report, verify, verify_node

__all__ = [
    "Act",
    "Problem",
    "Report",
    "expect_entries",
    "record",
    "record_all",
    "verify",
    "verify_node",
    "write_checkpoint",
]
