"""What is outside: the locks at the doors."""
