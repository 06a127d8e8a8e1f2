"""How much slower a server answers behind the filter: one run, one machine, with and without. `python -m` this package."""
