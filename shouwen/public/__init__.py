"""The citizens' site: published results."""
