"""Replays: what went wrong once, played through the real actions, to see what the software says today."""
