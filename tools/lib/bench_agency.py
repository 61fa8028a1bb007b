"""An agency for the benches of upload, server and fleet: prepared, with kiosks enrolled straight into its store, and
serving. Beside the build, not in /tmp: that may be memory, where syncing costs nothing."""

import contextlib
import json
import subprocess
import tempfile
from pathlib import Path

from agency import Agency
from bench import ROOT
from walk import WentWrong


class Load:
    """bench_kiosks against one agency."""

    def __init__(self, given, agency, kiosks, postgres):
        self.program, self.agency, self.kiosks, self.postgres = given.bin / "bench_kiosks", agency, kiosks, postgres

    def run(self, command, *options, timeout=1200):
        line = [self.program, command, "--kiosks", self.kiosks, "--assets", ROOT / "assets", *options]
        done = subprocess.run([str(part) for part in line], capture_output=True, text=True, check=False,
                              timeout=timeout)
        if done.returncode != 0:
            raise WentWrong(f"bench_kiosks {command}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def against(self, command, *options, url=None):
        """Against the running backend, or another address under the same certificate."""
        return self.run(command, "--url", url or f"https://localhost:{self.agency.port}", "--authority",
                        self.agency.authority, *options)

    def of_store(self, command, *options):
        """On the store itself, while nothing serves it."""
        return self.run(command, "--data", self.agency.data, "--postgres", self.postgres, *options)


@contextlib.contextmanager
def loaded_agency(given, kiosks, postgres=""):
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-agency-") as folder:
        agency = Agency(given.bin, Path(folder) / "agency", postgres=postgres)
        load = Load(given, agency, Path(folder) / "kiosks", postgres)
        try:
            agency.prepare()
            load.of_store("enrol", "--count", kiosks)
            agency.serve()
            yield load
        finally:
            agency.kill()


def pss_mb(pid):
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise WentWrong("the backend is gone")
