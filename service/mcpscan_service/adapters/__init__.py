"""Plug-ins for gateways and hosts that people already run: one file each."""
