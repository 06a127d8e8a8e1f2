"""The audit log: one line of JSON for each decision, without content and without secrets."""

from mcpscan_service.record.recorder import JsonlRecorder

__all__ = ["JsonlRecorder"]
