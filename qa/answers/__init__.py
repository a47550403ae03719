"""From evidence to an answer: its form, items, sums, refusals."""
