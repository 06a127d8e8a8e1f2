"""The page for the people who run the filter: live decisions, quarantined parts, counts and plots."""

from mcpscan_service.console.entrance import Admit, entrance
from mcpscan_service.console.memory import Memory
from mcpscan_service.console.pages import router
from mcpscan_service.console.sessions import Sessions
from mcpscan_service.console.standing import InForce

__all__ = ["Admit", "InForce", "Memory", "Sessions", "entrance", "router"]
