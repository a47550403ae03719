"""How bulletins come in: uploads, folders, articles joined across files."""
