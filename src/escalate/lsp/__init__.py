"""A language server: pure answers about texts and positions; `server.py` alone speaks the protocol."""
