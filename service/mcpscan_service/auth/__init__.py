"""Who may call the filter: keys, JWTs, and the hosts and origins that are served."""

from mcpscan_service.auth.check import AuthError, check_auth
from mcpscan_service.auth.keys import Keys, new_key
from mcpscan_service.auth.middleware import AuthMiddleware

__all__ = ["AuthError", "AuthMiddleware", "Keys", "check_auth", "new_key"]
