"""The ledger: entries, payloads, events, data keys, and the frame every write runs in."""
