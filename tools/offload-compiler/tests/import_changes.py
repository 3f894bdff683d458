# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Changes of a document: each of these gives a function that makes it."""
import json


def item(document, *path):
    """What is at a path; a string picks an item of a list by its name"""
    for step in path:
        if isinstance(step, str) and isinstance(document, list):
            document = next(x for x in document if x.get("name") == step)
        else:
            document = document[step]
    return document


def put(*path_and_value):
    *path, key, value = path_and_value

    def change(document):
        item(document, *path)[key] = value
    return change


def drop(*path):
    def change(document):
        del item(document, *path[:-1])[path[-1]]
    return change


def add(*path_and_value):
    *path, value = path_and_value

    def change(document):
        item(document, *path).append(value)
    return change


def both(*changes):
    def change(document):
        for one in changes:
            one(document)
    return change


def rename(old, new):
    """A node, and all that refers to it"""
    def change(document):
        text = json.dumps(document).replace(f'"{old}"', f'"{new}"')
        document.update(json.loads(text))
    return change


def deep():
    """A condition in 17 groups"""
    def change(document):
        cond = {"type": "equal", "field-off": 0, "field-len": 1, "value": 1}
        for n in range(17):
            cond = {"type": ("and", "or")[n % 2], "ents": [cond]}
        item(document, "parse-nodes", "ipv4", "cond-exprs")["ents"] = [cond]
    return change
