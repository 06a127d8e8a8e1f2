"""`python -m mcpscan`: the command line."""

from mcpscan.cli import main

main(prog_name="mcpscan")
