"""An agency of its own for a walk through the programs: keys, certificates, demo vacancies, a backend that can be
killed, and a desk that approves kiosks."""

import json
import re
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from walk import ROOT, WentWrong, stop


@dataclass
class Goal:
    """What the person looks for: the words typed, and the vacancy that they should lead to."""
    words: str
    id: str


class Desk:
    """`devices approve`, which shows the six words and waits for a person's yes."""

    def __init__(self, process):
        self.process = process
        line = process.stdout.readline()
        if not line:
            raise WentWrong(f"devices approve: {process.stderr.read().strip()}")
        self.words = json.loads(line)["words"]

    def confirm(self):
        out, problem = self.process.communicate("yes\n", timeout=60)
        if self.process.returncode != 0:
            raise WentWrong(f"devices approve: {problem.strip() or out.strip()}")


class Agency:
    """`starts_at`: the moment at which the agency's clock begins, where advertisements of another year are to be
    open; it goes on from there over restarts. `postgres`: where the store is, as libpq takes it; SQLite where empty."""

    def __init__(self, programs, data, agency="aurora", name="Aurora Henkilöstö Oy", starts_at=None, postgres=""):
        self.programs = Path(programs)
        self.data = Path(data)
        self.data.mkdir(parents=True, exist_ok=True)
        self.agency, self.name = agency, name
        self.starts_at, self.began = starts_at, time.monotonic()
        self.process = None
        self.port = 0
        self.settings = []
        if postgres:
            file = self.data.parent / f"{self.data.name}.toml"
            file.write_text(f"[store]\npostgres = {json.dumps(postgres)}\n")
            self.settings = ["--config", str(file)]
        self.log = self.data.parent / f"{self.data.name}.log"

    @property
    def authority(self):
        return self.data / "tls" / "authority.pem"

    def command_line(self, *arguments):
        return [str(self.programs / "vakant-agency"), "--data", str(self.data), "--assets", str(ROOT / "assets"),
                "--json", *self.settings, *self.clock(), *map(str, arguments)]

    def clock(self):
        if self.starts_at is None:
            return []
        moment = self.starts_at + timedelta(seconds=time.monotonic() - self.began)
        return ["--starts-at", moment.strftime("%Y-%m-%dT%H:%M:%SZ")]

    def run(self, *arguments, text_in=None):
        done = subprocess.run(self.command_line(*arguments), input=text_in, capture_output=True, text=True, check=False,
                              timeout=120)
        if done.returncode != 0:
            raise WentWrong(f"vakant-agency {' '.join(map(str, arguments))}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    # ---- set-up

    def prepare(self, own=None, jobtech=()):
        """Keys and certificates, then the demo vacancies and, where given, real advertisements."""
        passphrase = self.data / "passphrase"
        passphrase.write_text("a passphrase for a demonstration\n")
        passphrase.chmod(0o600)
        offline = self.data.parent / f"{self.data.name}-offline"
        self.run("keys", "init", "--agency", self.agency, "--name", self.name, "--out", offline, "--passphrase-file",
                 passphrase)
        self.run("keys", "tls")
        self.run("config", "set", "--agency", self.agency, ROOT / "assets" / "config" / "aurora.json")
        reports = [self.run("import", "--format", "own", "--agency", self.agency,
                            own or ROOT / "assets" / "vacancies" / "own.json")]
        reports += [self.run("import", "--format", "jobtech", "--agency", self.agency, file) for file in jobtech]
        return reports

    def serve(self, port=0):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command_line("serve", "--port", port), stdout=subprocess.PIPE,
                                            stderr=log, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("READY "):
            raise WentWrong(f"vakant-agency serve: {self.log.read_text(errors='replace')[-600:]}")
        self.port = json.loads(line[len("READY "):])["port"]
        return self

    @staticmethod
    def free_port(wished):
        """The wished one where nobody has it, else any."""
        with socket.socket() as asked:
            try:
                asked.bind(("127.0.0.1", wished))
                return wished
            except OSError:
                return 0

    def kill(self):
        self.stop(signal.SIGKILL)

    def stop(self, how=signal.SIGTERM):
        stop(self.process, how)

    # ---- what staff do

    def begin_approval(self, code):
        return Desk(subprocess.Popen(self.command_line("devices", "approve", code, "--agency", self.agency),
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))

    def vacancies(self):
        self.vacancies_known = self.run("vacancies")
        return self.vacancies_known

    def candidates(self):
        return self.run("candidates")

    def devices(self):
        return self.run("devices", "list")

    def search_goal(self):
        """One of the agency's own vacancies by the first word of its title, which a person could type."""
        for vacancy in self.vacancies_known:
            if vacancy.get("apply_at_kiosk"):
                word = re.split(r"[\s,(/-]", vacancy["texts"][0]["title"])[0].lower()
                if word.isalpha() and len(word) > 3:
                    return Goal(word, vacancy["id"])
        raise WentWrong("no vacancy of the agency's own to look for")

    def recompute(self, presented, keys, seconds):
        """The metrics by the auditors' own command."""
        done = subprocess.run([str(self.programs / "vakant"), "skills", "typing", "--presented", presented, "--keys",
                               keys.replace("\b", "<"), "--seconds", str(seconds), "--timed", "--json"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise WentWrong(f"vakant skills typing: {done.stderr.strip()}")
        row = json.loads(done.stdout)
        return {name: value for name, value in row.items() if name not in ("presented", "keys", "seconds")}
