"""The site, in a process that dies by kill -9 with the answer in its hands. Run by
test_lost_answers: only a request that asks for it kills."""

import os
import signal

from niangjia.wsgi import application as site


def application(environ, start_response):
    """Whatever the site did is committed by the time it returns; then nobody hears of it."""
    answer = site(environ, start_response)
    if environ.get("HTTP_X_DIE_BEFORE_THE_REPLY") == "yes":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
