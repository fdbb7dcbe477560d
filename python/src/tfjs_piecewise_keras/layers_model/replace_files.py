"""Replaces several files together: all are written and flushed under other names before the first takes its place."""

import os
import secrets

from tfjs_piecewise_keras.errors import fail


def replace_files(folder, contents):
    """Writes the bytes of each name, all or none, in the order given.

    What is left is the moment between two renames: a process killed right there leaves files of two saves.
    """
    token = secrets.token_hex(4)
    staged = [(os.path.join(folder, name), os.path.join(folder, f".{name}.{token}")) for name in contents]
    try:
        for (_, staging), data in zip(staged, contents.values()):
            _write(f"{staging}.tmp", data)
        _commit(staged)
    except OSError as error:
        fix = "Nothing was saved, files of an earlier save are kept. Check the free space and the permissions."
        fail("save_model", f"{folder} must be a folder that can be written to", str(error), fix, error=OSError)
    finally:
        for _, staging in staged:
            for ending in ("tmp", "old"):
                _remove(f"{staging}.{ending}")


def _write(path, data):
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _commit(staged):
    replaced = []
    try:
        for path, staging in staged:
            if os.path.exists(path):
                os.link(path, f"{staging}.old")  # a second name for the old content
            os.replace(f"{staging}.tmp", path)
            replaced.append((path, f"{staging}.old"))
    except OSError:
        for path, old in replaced:
            if os.path.exists(old):
                os.replace(old, path)
            else:
                _remove(path)
        raise


def _remove(path):
    if os.path.lexists(path):
        os.unlink(path)
