"""`niangjia`, and `python -m niangjia`."""

from niangjia.operations.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
