"""`escalate lsp` where its package is missing; the server itself is played in tests/lsp/test_server.py."""

from .world import call


def test_without_its_package_it_says_what_to_install(monkeypatch):
    """Nothing is served."""
    monkeypatch.setattr("escalate.commands.lsp.find_spec", lambda name: None)
    found = call("lsp")

    assert 1 == found.exit_code
    assert "pip install 'escalate-policy[lsp]'" in found.stderr
