"""How a new generation is made, checked, activated, listed, rolled back."""
