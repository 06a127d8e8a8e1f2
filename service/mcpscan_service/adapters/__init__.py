"""Plug-ins of the gateways and hosts that people already run, one file each."""
