"""What an operator runs: doctor, watching a folder, index runs in a process of their own."""
