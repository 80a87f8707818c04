"""What people read on a terminal. `rich` is imported here and nowhere else."""
