"""Real servers on this machine's own address: SFTP by asyncssh, S3 by moto, each with a switch for trouble."""

import asyncio
import threading
from contextlib import contextmanager

import asyncssh
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Trouble:
    """What is to happen to an upload: nothing, or something at the n-th file."""

    def __init__(self):
        self.action = None
        self.left = 0

    @contextmanager
    def at(self, number, action):
        """Let ``act`` happen when the n-th file arrives."""
        self.left, self.action = number, action
        try:
            yield
        finally:
            self.action = None

    def meet(self, *circumstances):
        """Tell that a file arrives."""
        if self.action:
            self.left -= 1
            if self.left <= 0:
                self.action(*circumstances)


class SftpServer:
    """An SFTP server with one user, "press", and a folder of its own."""

    def __init__(self, folder):
        self.folder, self.trouble = folder, Trouble()
        self.can_replace = True
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self.user_key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        self._listener = self._wait(self._listen())
        self.port = self._listener.get_port()
        return self

    def __exit__(self, *_):
        self._listener.close()
        self._wait(self._listener.wait_closed())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self):
        key = self.user_key.export_public_key().decode()
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[self.host_key],
            server_factory=_Gate,
            authorized_client_keys=asyncssh.import_authorized_keys(key),
            sftp_factory=lambda channel: _Sftp(self, channel),
        )

    def known_hosts(self, key=None):
        public = (key or self.host_key).export_public_key().decode()
        return f"[127.0.0.1]:{self.port} {public}"

    def _wait(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


class _Gate(asyncssh.SSHServer):
    def begin_auth(self, _username):
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return (username, password) == ("press", "open sesame")


class _Sftp(asyncssh.SFTPServer):
    def __init__(self, server, channel):
        super().__init__(channel, chroot=str(server.folder).encode())
        self._server = server
        self._connection = channel.get_connection()

    def write(self, file, offset, data):
        self._server.trouble.meet(self._connection)
        return super().write(file, offset, data)

    def posix_rename(self, oldpath, newpath):
        if not self._server.can_replace:
            raise asyncssh.SFTPOpUnsupported("no such extension")
        return super().posix_rename(oldpath, newpath)


class S3Server:
    """An S3 store with one bucket, "press"."""

    def __init__(self):
        self.trouble = Trouble()
        self.refusal = ""
        self._store = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, environment, start):
        if environment["REQUEST_METHOD"] == "PUT" and environment["PATH_INFO"].count("/") > 1:
            self.trouble.meet(environment["werkzeug.socket"])
        if self.refusal:
            start("403 Forbidden", [("Content-Type", "application/xml")])
            return [f"<Error><Code>{self.refusal}</Code><Message>because</Message></Error>".encode()]
        return self._store(environment, start)


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Say nothing."""
