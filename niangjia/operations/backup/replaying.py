"""What a restored database goes through before it takes its place."""

import os

import django


def main() -> None:
    """Migrate, and erase again whoever the log of erasures names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.settings")
    django.setup()
    from niangjia.core import clock
    from niangjia.members import services
    from niangjia.operations.node import database

    database.migrate()
    services.replay_erasures(now=clock.now())
    database.disconnect()


if __name__ == "__main__":
    main()
