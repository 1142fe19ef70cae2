"""The shouwen command: one file a command."""
