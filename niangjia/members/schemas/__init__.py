"""What the API takes and gives. One module an area."""
