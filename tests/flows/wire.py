"""The cable between a kiosk and its agency, as a TCP proxy on the loopback that a test can cut, watch or replace.

Used by the flow tests only. `Wire(port)` listens on a port of its own (`wire.port`) and passes bytes on to `port`.
"""

import selectors
import socket
import threading

PORTAL_PAGE = b"<html><title>Wi-Fi</title><body>Please accept the terms of use.</body></html>"


class Wire:
    """modes: "through", "cut" (connections are reset at once), "portal" (a captive portal answers 200 to anything),
    "drop_answers" (requests arrive, the answers are lost)."""

    def __init__(self, backend_port, mode="through"):
        self.backend_port = backend_port
        self.mode = mode
        self.recorded = bytearray()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._live = set()
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def set_mode(self, mode):
        """Connections that are open when the cable is cut are reset."""
        self.mode = mode
        if mode == "cut":
            with self._lock:
                for connection in list(self._live):
                    self._reset(connection)
                self._live.clear()

    def close(self):
        self._closed = True
        self.set_mode("cut")
        self._listener.close()

    @staticmethod
    def _reset(connection):
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()

    def _accept(self):
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.mode == "cut":
                self._reset(client)
                continue
            target = self._portal if self.mode == "portal" else self._pass_on
            threading.Thread(target=target, args=(client,), daemon=True).start()

    def _portal(self, client):
        try:
            client.settimeout(5)
            client.recv(65536)
            head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            client.sendall((head % len(PORTAL_PAGE)).encode() + PORTAL_PAGE)
        except OSError:
            pass
        client.close()

    def _pass_on(self, client):
        try:
            backend = socket.create_connection(("127.0.0.1", self.backend_port), timeout=10)
        except OSError:
            self._reset(client)
            return
        with self._lock:
            self._live.update((client, backend))
        selector = selectors.DefaultSelector()
        selector.register(client, selectors.EVENT_READ, backend)
        selector.register(backend, selectors.EVENT_READ, client)
        try:
            self._pump(selector, client)
        except (OSError, ValueError):
            pass
        with self._lock:
            self._live.difference_update((client, backend))
        client.close()
        backend.close()

    def _pump(self, selector, client):
        while not self._closed:
            for key, _ in selector.select(timeout=1):
                data = key.fileobj.recv(65536)
                if not data:
                    return
                with self._lock:
                    self.recorded += data
                if self.mode == "drop_answers" and key.fileobj is not client:
                    return
                key.data.sendall(data)
