"""The whole library in one file, out and in."""
