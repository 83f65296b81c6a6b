"""Every write of the triage room, one verb in each file."""
