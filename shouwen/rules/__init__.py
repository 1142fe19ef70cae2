"""Pure Python: what the 制度 says, as functions. No Django, no clock, no I/O."""
