"""One node: its folder, its database, its processes."""
