"""Openings from feeds that other systems write."""
