"""The node's own settings, with one more address: the view that does nothing."""

from niangjia.settings import *  # noqa: F403

ROOT_URLCONF = "niangjia.operations.bench.urls"
