"""Service items, materials, fees, limits, guides (arrives with the catalogue; holds its place in the layers)."""
