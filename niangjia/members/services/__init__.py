"""Every use case of this room that writes. One module an area; callers import the package."""
