"""The room's part of the REST API: one router an area, mounted by `api_root`."""
