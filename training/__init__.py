"""Training of the reader that ships with the package; nothing here runs in the service."""
