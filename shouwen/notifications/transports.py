"""How a message leaves the house. A new way is one class and one line in `TRANSPORTS`."""

from __future__ import annotations

from typing import Protocol

from shouwen.notifications.models import Message

INBOX = "in_app"


class Undelivered(Exception):
    """The other side did not take the message; it is tried again later."""


class Transport(Protocol):
    def deliver(self, message: Message) -> None:
        """Hand one message over, at least once; `message.code` lets a gateway recognise a repetition. Raises `Undelivered`."""


class InApp:
    """The list of messages inside Shouwen: once the row is committed the person can read it."""

    def deliver(self, message: Message) -> None:
        if message.transport != INBOX:
            raise Undelivered(f"不是站内消息：{message.transport}")


TRANSPORTS: dict[str, type[Transport]] = {INBOX: InApp}
