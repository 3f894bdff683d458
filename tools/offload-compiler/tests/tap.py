# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""What tests in Python share: TAP, the compiler, a scratch folder."""
import os
import subprocess
import sys

ROOT = os.environ["ROOT"]
OC = os.environ["OC"]
TMP = os.environ["TMP"]
failed = 0


def ok(good, name, detail=""):
    global failed
    print(("ok - " if good else "not ok - ") + name, flush=True)
    if not good:
        failed += 1
        for line in str(detail).splitlines():
            print("# " + line, flush=True)


def skip(name, why):
    print(f"ok - {name} # SKIP {why}", flush=True)


def run(*args, env=None, cwd=TMP, **kwargs):
    """The finished process; its output is text."""
    return subprocess.run([OC, *args], cwd=cwd, capture_output=True, text=True,
                          env={**os.environ, **(env or {})}, **kwargs)


def write(name, text):
    path = os.path.join(TMP, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="ascii") as out:
        out.write(text)
    return path


def read(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def hash_of(path, **kwargs):
    """The hash of a file's first program, or None after an error."""
    done = run("hash", path, **kwargs)
    return done.stdout.split()[0] if done.returncode == 0 else None


def finish():
    sys.exit(1 if failed else 0)
