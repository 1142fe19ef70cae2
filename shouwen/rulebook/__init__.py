"""The centre's 制度 as dated data."""
