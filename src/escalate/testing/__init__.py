"""The testing kit: what must hold of escalation timelines, and the calendars on which it does not."""
