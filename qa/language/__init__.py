"""Names, quantities, days and other expressions of Chinese text."""
