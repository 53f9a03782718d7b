"""What this room's operations take and give."""
