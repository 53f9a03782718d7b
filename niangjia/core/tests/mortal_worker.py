"""A worker process that dies by kill -9 at one step of one delivery. Run by test_outbox_kill.

`python mortal_worker.py STEP FILE`: the first process that reaches STEP writes FILE and is gone;
while FILE is there, nobody dies.
"""

import os
import signal
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.settings"
STEPS = ["before", "delivery written", "effect written", "committed", "never"]


def die_at(step):
    wanted, file = sys.argv[1], Path(sys.argv[2])
    if step == wanted and not file.exists():
        file.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)


def main():
    django.setup()

    from django.core.management import call_command

    from niangjia.core import clock, outbox
    from niangjia.core.models import OutboxEvent
    from niangjia.core.outbox import events

    @dataclass(frozen=True)
    class Rang(outbox.Event):
        thing_id: uuid.UUID

    def handle(event):
        die_at("delivery written")
        OutboxEvent.objects.create(type="test.Effect", payload={}, at=clock.now())
        die_at("effect written")

    events.types["test.Rang"] = Rang
    events.handlers["test.Rang"]["test.handle"] = handle
    deliver = outbox.deliver

    def mortal(event_id, handler):
        die_at("before")
        deliver(event_id, handler)
        die_at("committed")

    outbox.deliver = mortal
    call_command("procrastinate", "worker", concurrency=1)


if __name__ == "__main__":
    main()
