"""Signing in: what a session proves, second factors, how often somebody may try."""
