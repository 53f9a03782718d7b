"""For officers and stewards."""
