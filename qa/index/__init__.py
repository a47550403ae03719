"""What is derived from articles: passages, vectors, word index; together a snapshot."""
