"""Questions and corrections that readers send from the page of a project."""
