#!/usr/bin/env python3
"""Holds the form engine against ajv: for every form in assets/forms, the same verdict on the same documents.

The form is exported as plain JSON Schema; documents are made at random and by mutation; ajv and `vakant form
validate --as-schema` judge each by that schema, and must agree. Besides, whatever the form itself takes the
exported schema must take, too.

usage: compare.py --vakant PROGRAM --build FOLDER [--forms FOLDER] [--count N] [--seed N]

ajv is installed into FOLDER by `npm ci` from the lock file beside this script, once. Exit codes: 0 they agree,
1 they do not, 77 skipped (no npm, or no way to its registry), 2 wrong use.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def install(folder: Path) -> bool:
    """ajv and ajv-formats at the versions of the lock file."""
    lock = (HERE / "package-lock.json").read_text()
    done = folder / "installed-lock.json"
    if done.exists() and done.read_text() == lock:
        return True
    if not shutil.which("npm") or not shutil.which("node"):
        print("skipped: npm is not installed")
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    installed = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder,
                               capture_output=True, text=True, timeout=300)
    if installed.returncode != 0:
        print(installed.stderr)
        print("skipped: npm ci could not install ajv")
        return False
    done.write_text(lock)
    return True


def verdicts_of(vakant: str, form: Path, documents: Path, *options: str) -> list[str]:
    judged = subprocess.run([vakant, "form", "validate", str(form), str(documents), "--lines", *options],
                            capture_output=True, text=True)
    if judged.returncode not in (0, 1):
        sys.exit(f"{form.name}: {judged.stderr}")
    return judged.stdout.split()


def compare(vakant: str, form: Path, folder: Path, count: int, seed: int) -> bool:
    schema, documents, verdicts = (folder / f"{form.stem}.{kind}" for kind in ("schema.json", "ndjson", "verdicts"))
    exported = subprocess.run([vakant, "form", "export", str(form)], capture_output=True, text=True)
    if exported.returncode != 0:
        sys.exit(f"{form.name}: {exported.stderr}")
    schema.write_text(exported.stdout)
    subprocess.run(["node", str(HERE / "judge.mjs"), str(schema), str(count), str(seed), str(documents), str(verdicts)],
                   check=True, env={**os.environ, "VAKANT_NODE_MODULES": str(folder / "package.json")})
    ajv = verdicts.read_text().split()
    lines = documents.read_text().splitlines()
    as_schema = verdicts_of(vakant, form, documents, "--as-schema")
    as_form = verdicts_of(vakant, form, documents)
    if not len(ajv) == len(as_schema) == len(as_form) == count:
        sys.exit(f"{form.name}: {len(ajv)}, {len(as_schema)}, {len(as_form)} verdicts for {count} documents")
    apart = [i for i in range(count) if ajv[i] != as_schema[i]]
    too_strict = [i for i in range(count) if as_form[i] == "true" and ajv[i] != "true"]
    for i in apart[:5]:
        print(f"{form.name}: ajv says {ajv[i]}, vakant {as_schema[i]}: {lines[i][:500]}")
    for i in too_strict[:5]:
        print(f"{form.name}: the form takes it, the exported schema does not: {lines[i][:500]}")
    taken = ajv.count("true")
    print(f"{form.name}: {count} documents, {taken} taken by ajv, {as_form.count('true')} by the form; "
          f"{len(apart)} verdicts differ, {len(too_strict)} times the schema is stricter")
    if taken < count // 20 or taken > count - count // 20:
        print(f"{form.name}: the documents are too much alike to prove anything")
        return False
    return not apart and not too_strict


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vakant", required=True)
    parser.add_argument("--build", required=True, type=Path)
    parser.add_argument("--forms", type=Path, default=ROOT / "assets" / "forms")
    parser.add_argument("--count", type=int, default=int(os.environ.get("VAKANT_FORM_DOCUMENTS", "500")))
    parser.add_argument("--seed", type=int, default=20261125)
    options = parser.parse_args()
    options.build = options.build.resolve()
    if not install(options.build):
        return 77
    forms = sorted(options.forms.glob("*.json"))
    return 0 if forms and all([compare(options.vakant, form, options.build, options.count, options.seed)
                               for form in forms]) else 1


if __name__ == "__main__":
    sys.exit(main())
