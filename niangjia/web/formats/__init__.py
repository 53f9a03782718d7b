"""How days and hours are written, where it is not as the framework has it."""
