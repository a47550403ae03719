"""Questions about the collection, answered from metadata."""
