"""What happened: every service writes one entry per effect, in its own transaction."""

from niangjia.core.audit.checkpoints import write_checkpoint
from niangjia.core.audit.recording import record
from niangjia.core.audit.verification import Problem, Report, verify, verify_node

__all__ = ["Problem", "Report", "record", "verify", "verify_node", "write_checkpoint"]
