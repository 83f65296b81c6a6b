"""What every request passes through, whichever room answers it."""
