"""Niangjia: an open-source digital trade union."""
