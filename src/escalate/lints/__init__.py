"""What a policy may say and hardly anybody means: rules, a module each, whose docstring is its page in `docs/lints/`."""
