"""Starts what the portal needs on one machine: PostgreSQL, Valkey, web, worker and beat.

The launcher stands outside the Django project and imports nothing of it. `python -m devstack help` lists what it does.
"""
