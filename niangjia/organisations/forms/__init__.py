"""What people type on the pages of this room, read and checked."""
