"""A real SMTP server on a loopback port that keeps every message it accepts as one file.

Arguments: folder for the messages, file that receives the port once the server listens.
A message is written under tmp/ and renamed, so whoever lists *.eml sees whole messages only.
"""

import asyncio
import os
import signal
import sys

from aiosmtpd.smtp import SMTP

LARGEST_MESSAGE = 32 * 1024 * 1024


class Store:
    def __init__(self, folder):
        self.folder = folder
        self.draft = os.path.join(folder, "tmp")
        os.makedirs(self.draft, exist_ok=True)
        names = [name for name in os.listdir(folder) if name.endswith(".eml")]
        self.count = max((int(name[:-4]) for name in names if name[:-4].isdigit()), default=0)

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = "%08d.eml" % self.count
        draft = os.path.join(self.draft, name)
        head = "".join(
            ["X-Envelope-From: %s\r\n" % (envelope.mail_from or "")]
            + ["X-Envelope-To: %s\r\n" % recipient for recipient in envelope.rcpt_tos]
        )
        with open(draft, "wb") as file:
            file.write(head.encode("utf-8", "surrogateescape"))
            file.write(envelope.original_content)
        os.rename(draft, os.path.join(self.folder, name))
        return "250 2.0.0 kept as %s" % name


async def main(folder, port_file):
    store = Store(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(store, hostname="localhost", ident="NOAH mail sink", enable_SMTPUTF8=True, data_size_limit=LARGEST_MESSAGE, loop=loop),
        host="127.0.0.1",
        port=0,
    )
    draft = port_file + ".new"
    with open(draft, "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(draft, port_file)

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
    server.close()


asyncio.run(main(sys.argv[1], sys.argv[2]))
