"""Backups: everything the database held at one moment, and the proof that it came back whole."""

from niangjia.operations.backup.making import make_backup
from niangjia.operations.backup.manifest import Manifest, Refused
from niangjia.operations.backup.restoring import restore_backup

__all__ = ["Manifest", "Refused", "make_backup", "restore_backup"]
