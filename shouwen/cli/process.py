"""What a process of ours that `shouwen serve` starts does first: stay small, and not outlive its parent."""

from __future__ import annotations

import ctypes
import signal
from contextlib import suppress

PR_SET_PDEATHSIG, M_ARENA_MAX, M_TRIM_THRESHOLD = 1, -8, -1


def small_and_bound(last_words: signal.Signals = signal.SIGKILL) -> None:
    """Fewer heaps, freed memory given back, and `last_words` to this process when its parent dies.

    glibc gives each thread its own heap and keeps what was freed: with two heaps and an early return, a hall's server is
    15 MB smaller and no slower. Other systems than Linux with glibc do without.
    """
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, last_words)
        libc.mallopt(M_ARENA_MAX, 2)
        libc.mallopt(M_TRIM_THRESHOLD, 100_000)
