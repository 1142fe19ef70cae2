"""How the catalogue is written on screen."""
