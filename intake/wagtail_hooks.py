"""The hooks of this room."""
