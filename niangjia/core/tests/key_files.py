"""A key file of a test's own."""

from base64 import b64encode

from niangjia.core.crypto import keys


def own_keys(file):
    """Keys in `file`, new but for those by which the database knows who is looking."""
    known = keys.ring()
    provider = keys.FileKeys(file)
    provider.ring()
    with keys.opened(file) as content:
        named = known.keys["scope"].items()
        content["keys"]["scope"] = {name: b64encode(key).decode() for name, key in named}
        content["current"]["scope"] = known.current["scope"]
    return provider
