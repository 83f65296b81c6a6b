"""The ledger as auditors read it: what they may see of it, in sentences, and what is worth a question."""
