"""The pages under /careers/, a module for each noun."""
