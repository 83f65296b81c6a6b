"""The room that wires the house. No other room imports it."""
