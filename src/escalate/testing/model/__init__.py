"""A second, slow reading of the semantics, by brute force, that the engine is held against."""
