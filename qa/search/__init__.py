"""Passages for a question: dense and lexical retrieval, fused and reranked."""
