from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "niangjia.allocation"
    label = "allocation"

    def ready(self) -> None:
        """Subscribe to events; say what this room holds about people."""
        from niangjia.allocation import handlers  # noqa: F401
        from niangjia.allocation.rules import export_labels as labels
        from niangjia.allocation.rules import notices
        from niangjia.allocation.selectors.batches import KEYS
        from niangjia.allocation.services import holdings
        from niangjia.core import idempotency
        from niangjia.members.rules import export_labels
        from niangjia.members.rules.notices import register

        idempotency.also_kept(KEYS)
        register(notices.WORDINGS)
        export_labels.register(labels.LABELS)
        holdings.register_holdings()
