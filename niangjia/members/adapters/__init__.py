"""Where allauth asks this room to decide: the hooks behind sign-in."""
