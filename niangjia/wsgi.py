"""The WSGI door that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.settings")
#: A person waits no longer than this for somebody else's transaction before theirs is tried again
#: (`core.transactions`, promise 27). Jobs, migrations and commands may wait as long as it takes.
os.environ.setdefault("NIANGJIA_LOCK_TIMEOUT", "2s")
application = get_wsgi_application()
