"""Whether a file is what it seems, kind by kind: pure functions over its bytes."""
