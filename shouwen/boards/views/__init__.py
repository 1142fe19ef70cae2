"""Screens of the hall, and the machines and screens that stand there."""

from shouwen.boards.views.devices import add_device, device, devices, end_device, lock_device, offer_pairing
from shouwen.boards.views.hall import hall, hall_code, pair
from shouwen.boards.views.posting import posting

__all__ = [
    "add_device",
    "device",
    "devices",
    "end_device",
    "hall",
    "hall_code",
    "lock_device",
    "offer_pairing",
    "pair",
    "posting",
]
