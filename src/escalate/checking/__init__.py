"""Checks of a whole policy: one file for each thing that can be wrong, each check named as a sentence."""
