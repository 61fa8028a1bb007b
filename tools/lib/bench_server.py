"""tools/bench server: the backend's memory, and registrations a second from 64 connections, sealed, checked, opened
and durable, beside what nginx answers from a constant and what the disk syncs."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import ROOT, Lines, arguments
from bench_agency import loaded_agency, pss_mb
from walk import WentWrong, wait_until

CONNECTIONS = 64
MOST_IDLE_MB = 30

NGINX = """
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; client_body_temp_path {folder}/body; client_max_body_size 8m; keepalive_requests 1000000;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate {certificate}; ssl_certificate_key {key};
    location / {{ return 200 "{{}}"; }}
  }}
}}
"""


@contextlib.contextmanager
def nginx(load):
    """Answers any request at once, under the agency's own certificate."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="vakant-nginx-"))
    tls = load.agency.data / "tls"
    (folder / "conf").write_text(NGINX.format(folder=folder, port=port, certificate=tls / "server.pem",
                                              key=tls / "server.key"))
    process = subprocess.Popen([shutil.which("nginx"), "-c", str(folder / "conf"), "-g", "user root;"],
                               stderr=subprocess.PIPE, text=True)
    try:
        def listening():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
            return False
        wait_until("nginx", listening, 10)
        yield f"https://localhost:{port}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def disk_rate(given):
    """Blocks overwritten and synced a second, by the bench of the store."""
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-disk-") as folder:
        ran = subprocess.run([given.bin / "bench_store", "--folder", folder, "--rounds", "3", "--seconds", "0.3"],
                             capture_output=True, text=True, check=True)
    rates = sorted(json.loads(ran.stdout)["raw_fdatasync"])
    return rates[len(rates) // 2]


def main():
    given = arguments(__doc__)
    lines = Lines(given)
    seconds = "1" if given.short else "8"
    each = "40" if given.short else "800"
    options = ["--connections", CONNECTIONS, "--count", each, "--seconds", seconds]
    try:
        with loaded_agency(given, CONNECTIONS) as load:
            time.sleep(1)
            idle = pss_mb(load.agency.process.pid)
            lines.add("backend idle: memory (PSS)", idle, "MB", target=f"<= {MOST_IDLE_MB}", ok=idle <= MOST_IDLE_MB)
            found = load.against("submit", *options)
            after = pss_mb(load.agency.process.pid)
            static = None
            if shutil.which("nginx"):
                with nginx(load) as address:
                    static = load.against("submit", *options, "--any-answer", url=address)
            else:
                lines.left_out("nginx", "not installed (tools/bench server without --short installs it)")
    except WentWrong as wrong:
        print(f"bench server: {wrong}", file=sys.stderr)
        return 1
    disk = disk_rate(given)
    lines.add("disk: overwrite 4 KiB + fdatasync", disk, "1/s")
    if static:
        lines.add("nginx: a constant, the same bodies", static["rate"], "1/s")
        lines.add("backend: registrations", found["rate"], "1/s", "nginx", found["rate"] / static["rate"])
    lines.add("backend: registrations", found["rate"], "1/s", "disk", found["rate"] / disk)
    lines.add("backend: p50", found["p50_ms"], "ms")
    lines.add("backend: p99", found["p99_ms"], "ms")
    lines.add("backend afterwards: memory (PSS)", after, "MB")
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
