"""`python -m tierline`: the same as the installed command."""

from tierline.cli import main

if __name__ == "__main__":
    main()
