"""``python -m discovery``: the command line."""

from discovery.cli import main

if __name__ == "__main__":
    main()
