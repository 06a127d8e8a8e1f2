"""The verbs of the command line that need the filter: one file each."""
