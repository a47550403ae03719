"""Which article corrects which, and what is kept out of answers for it."""
