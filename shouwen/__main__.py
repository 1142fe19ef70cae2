"""`python -m shouwen`: the same as the `shouwen` command."""

from shouwen.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
