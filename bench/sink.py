"""A mail server that takes everything and notes what it took: `python -m bench.sink LOG [DELAY_MS]` prints its port.

Each line of LOG is `time connection message-id recipient`, written before the sender hears 250. DELAY_MS lies between
the two, so that a sender killed then has a message out that it cannot know of.
"""

import asyncio
import os
import sys
import time


class Conversation(asyncio.Protocol):
    """One connection: EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT, also pipelined."""

    count = 0

    def __init__(self, log, delay_s):
        self.log, self.delay_s = log, delay_s
        self.waiting = b""
        self.in_data = False
        self.recipient = b""

    def connection_made(self, transport):
        Conversation.count += 1
        self.number = Conversation.count
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        self.waiting += data
        while self._take():
            pass

    def _take(self):
        if self.in_data:
            message, end, rest = self.waiting.partition(b"\r\n.\r\n")
            if not end:
                return False
            self.waiting, self.in_data = rest, False
            self._note(message)
            if self.delay_s:
                asyncio.get_running_loop().call_later(self.delay_s, self._say, b"250 taken")
            else:
                self._say(b"250 taken")
            return True
        line, end, rest = self.waiting.partition(b"\r\n")
        if not end:
            return False
        self.waiting = rest
        self._answer(line)
        return True

    def _answer(self, line):
        verb = line[:4].upper()
        if verb == b"DATA":
            self.in_data = True
            self._say(b"354 go on")
        elif verb == b"QUIT":
            self._say(b"221 bye")
            self.transport.close()
        elif verb == b"EHLO":
            self._say(b"250-sink\r\n250 PIPELINING")
        else:
            if verb == b"RCPT":
                self.recipient = line.partition(b"<")[2].partition(b">")[0]
            self._say(b"250 ok")

    def _note(self, message):
        start = message.find(b"\r\nMessage-ID: ") + 14
        message_id = message[start : message.find(b"\r\n", start)] if start > 13 else b"-"
        line = b"%.6f %d %s %s\n" % (time.time(), self.number, message_id, self.recipient)
        os.write(self.log, line)

    def _say(self, words):
        if not self.transport.is_closing():
            self.transport.write(words + b"\r\n")


async def serve(path, delay_ms):
    """Listen on a free port of this machine until killed."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(log, delay_ms / 1000), "127.0.0.1", 0, backlog=200)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
