# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""For tests of errors in sources: each is one change of a good source."""
import tap


def reject(base, name, old, new, token, message):
    """@old in @base becomes @new, which is an error: @message. The caret stands
    under @token; None: under whatever; "": there is none."""
    path = tap.write(name + ".c", base.replace(old, new, 1))
    done = tap.run("hash", path)
    lines = done.stderr.splitlines()
    at = [i for i, line in enumerate(lines) if line.endswith(": " + message)]
    good = done.returncode == 1 and not done.stdout and len(at) == 1
    if good and token != "":
        text, caret = (lines[at[0] + 1:at[0] + 3] + ["", "^"])[:2]
        place = lines[at[0]][:-len(": error: " + message)].split(":")
        good = (old in base and place[0] == path and
                text == tap.read(path).splitlines()[int(place[1]) - 1] and
                int(place[2]) == caret.index("^") + 1)
        if token is not None:
            good = good and text[caret.index("^"):].startswith(token)
    tap.ok(good, name + "_rejected", done.stderr + done.stdout)


def warn(base, name, old, new, message):
    """The same, but it is a warning, and the source is accepted."""
    done = tap.run("hash", tap.write(name + ".c", base.replace(old, new, 1)))
    tap.ok(done.returncode == 0 and done.stderr.count(": warning: ") == 1 and
           ": warning: " + message + "\n" in done.stderr and old in base,
           name + "_warned_about", done.stderr)
