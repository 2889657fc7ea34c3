"""What the addresses of employers and openings answer."""
