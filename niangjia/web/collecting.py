"""How files that pages load are kept once they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compressed, and named by their content; a library that imports its neighbour does so by that
    name, for no other is served."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "vendor/*.js",
            ((r"""(?P<matched>from '(?P<url>\./[\w.]+)';)""", """from "%(url)s";"""),),
        ),
    )
