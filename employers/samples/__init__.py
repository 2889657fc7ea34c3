"""Invented employers and openings, so that a fresh portal can be tried. One YAML file holds one employer."""

from employers.samples.loading import Loaded, Removed, SamplesRefused, load, read, remove

__all__ = ["Loaded", "Removed", "SamplesRefused", "load", "read", "remove"]
