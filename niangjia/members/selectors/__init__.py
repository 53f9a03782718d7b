"""Reads: `access_x` fetches or raises, `find_x` may be None, `list_x` is a queryset."""
