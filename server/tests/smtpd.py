"""A real mail server for the tests, on a free port of this machine, which it prints.

Usage: smtpd.py FOLDER MODE PORT [CERT KEY], where MODE is `plain`, `starttls` or `tls`. With a certificate it asks for the name
`sohoa` and the password `p@ss:word`. It keeps each mail as FOLDER/N.eml, refuses recipients that begin with `refused`, and those
that begin with `later` the first time.
"""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keeper:
    def __init__(self, folder):
        self.folder, self.count, self.seen = folder, 0, set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 no such mail box"
        if address.startswith("later") and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        part = self.folder / f"{self.count}.part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{self.count}.eml")
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    wanted = LoginPassword(b"sohoa", b"p@ss:word")
    # Not handled here: the server itself answers 535 to a wrong one.
    return AuthResult(success=data == wanted, handled=False)


async def serve():
    folder, mode, port, *files = sys.argv[1:]
    keeper, context, settings = Keeper(pathlib.Path(folder)), None, {}
    if files:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        settings = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": mode == "starttls"}
    if mode == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.get_running_loop()
    made = lambda: SMTP(keeper, hostname="localhost", enable_SMTPUTF8=True, **settings)
    server = await loop.create_server(made, "127.0.0.1", int(port), ssl=context if mode == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
