"""What is kept: the library in SQLite, its sources, withdrawals."""
