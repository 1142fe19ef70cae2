"""JSON for kiosks and screens (holds its place in the layers)."""
