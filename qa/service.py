"""The only wiring: builds the parts from one Settings, holds the live snapshot and swaps it."""
