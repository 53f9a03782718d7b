"""A process that claims in batches and dies by kill -9 at one step of the second. Run by test_kill.

`python mortal_claimer.py STEP POOL KEYED ACCOUNT…`: what was acknowledged goes to standard output,
a line for each batch.
"""

import os
import signal
import sys
import uuid

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.settings"
BATCH = 5


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    django.setup()

    from django.db import connection

    from niangjia.allocation import services
    from niangjia.allocation.tests.factories import asks_of
    from niangjia.core import clock

    step, pool, keyed, *accounts = sys.argv[1:]

    def send_without_commit():
        connection.send_waiting()
        die()

    asks = asks_of(uuid.UUID(pool), map(uuid.UUID, accounts), is_keyed=keyed == "keyed")
    for batch in range(len(asks) // BATCH):
        some = asks[batch * BATCH : (batch + 1) * BATCH]
        if step == "written" and batch == 1:
            connection.send_last = send_without_commit
        answers = services.claim_all(asks=some, now=clock.now())
        if step == "committed" and batch == 1:
            die()
        sys.stdout.write(" ".join(str(answer.claim_id) for answer in answers) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
