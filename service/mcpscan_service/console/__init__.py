"""The page for the people who run the filter: live decisions, quarantined parts, counts and plots."""

from mcpscan_service.console.memory import Memory
from mcpscan_service.console.pages import router
from mcpscan_service.console.sessions import Sessions, is_console, is_open, to_sign_in
from mcpscan_service.console.sign_in import sign_in_address
from mcpscan_service.console.standing import InForce

__all__ = ["InForce", "Memory", "Sessions", "is_console", "is_open", "router", "sign_in_address", "to_sign_in"]
