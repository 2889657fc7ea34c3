"""Starts what the portal needs on one machine."""
