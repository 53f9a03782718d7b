"""Photographs of every main page, phone and desk, Chinese and English, into `docs/tour`."""
