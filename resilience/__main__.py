"""`python -m resilience`: the command line by way of the interpreter, as child processes start it."""

from resilience.cli.main import main

if __name__ == "__main__":
    main()
