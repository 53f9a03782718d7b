"""Pure decisions of this room, one module an area."""
