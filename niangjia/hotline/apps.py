from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "niangjia.hotline"
    label = "hotline"

    def ready(self) -> None:
        """Say what this room holds about people."""
        from niangjia.hotline.rules import notices
        from niangjia.hotline.services import holdings, rotation  # noqa: F401
        from niangjia.members.rules import export_labels

        export_labels.register(notices.LABELS)
        holdings.register_holdings()
