"""A lean way in for claims under a burst (ADR 91): `POST /api/v1/pools/<id>/claims`.

Where thousands ask at the same moment, what one request costs on its way through the framework is
more than what it costs the database. This door takes the plain ones past it: it reads them, gathers
those that are there at the same time, has `allocation` answer them together, and answers each by
itself. Whatever is not plain goes the ordinary way, which answers the same.
"""

from niangjia.api_root.lean.door import door

__all__ = ["door"]
