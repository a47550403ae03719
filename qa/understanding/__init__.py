"""What a question asks for, of what form, in the corpus's own words."""
