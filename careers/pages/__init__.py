"""What each page under /careers/ shows, read in a fixed number of queries however much there is."""
