"""What the centre does for people: items with dated versions, their materials and situations, and the fee schedule."""
