"""Pure rules about divisions: codes, names, readings, coordinates, addresses."""
