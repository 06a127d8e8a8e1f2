"""The audit: what is configured, what it offers, and what all of it together allows."""
