"""`python -m factory.cli` is `didim`."""

from factory.cli import main

if __name__ == "__main__":
    main()
