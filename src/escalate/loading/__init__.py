"""From nodes to a policy: one file for each kind of thing that a policy holds."""
