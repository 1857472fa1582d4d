"""Easy Finnish, written beside the Finnish text."""
