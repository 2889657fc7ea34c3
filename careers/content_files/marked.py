"""YAML that remembers where things stood, so that a fault can be named with file and line."""

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Fault(Exception):
    """Something in a content file is not as expected; str(error) names file, line and what was expected."""

    def __init__(self, file, line, expected):
        self.file, self.line, self.expected = file, line, expected
        super().__init__(f"{file}, line {line}: {expected}")


class Marked(dict):
    """A mapping of a content file: knows its file, its line, and the line of each key."""

    file, line, lines = "", 0, {}
    touched = None  # the last (mapping, key) that was asked for, for faults that show later

    def __getitem__(self, key):
        Marked.touched = (self, key)
        return super().__getitem__(key)

    def __missing__(self, key):
        raise Fault(self.file, self.line, f"expected `{key}` in what begins here")

    def get(self, key, default=None):
        Marked.touched = (self, key)
        return super().get(key, default)

    @classmethod
    def of_key(cls, files, key):
        """The mapping whose slug or id is exactly `key`, whatever that is; an empty one when none is."""
        waiting = [*files.values()]
        while waiting:
            node = waiting.pop()
            if isinstance(node, cls):
                if key in (dict.get(node, "slug"), dict.get(node, "id")):
                    return node
                waiting += node.values()
            elif isinstance(node, list):
                waiting += node
        return cls()

    def where(self, key):
        """The line of a key, or of the mapping when it has no such key."""
        return self.lines.get(key, self.line)


class _MarkedLoader(_Loader):
    file = ""

    def construct_marked(self, node):
        """Build a Marked; a key that stands twice is a fault, since one of the two would be lost."""
        self.flatten_mapping(node)
        found = Marked()
        found.file, found.line, found.lines = self.file, node.start_mark.line + 1, {}
        yield found
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if key in found.lines:
                raise Fault(self.file, line, f"`{key}` stands here a second time; expected it once")
            found.lines[key] = line
            dict.__setitem__(found, key, self.construct_object(value_node, deep=True))


_MarkedLoader.add_constructor("tag:yaml.org,2002:map", _MarkedLoader.construct_marked)


def load(text, *, file):
    """Return the content of a YAML text. Raises Fault, also for text that is no YAML."""
    loader = _MarkedLoader(text)
    loader.file = file
    try:
        found = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Fault(
            file, mark.line + 1 if mark else 1, f"expected YAML, but {error.problem or error.context}"
        ) from error
    except yaml.YAMLError as error:
        raise Fault(file, 1, f"expected YAML, but {error}") from error
    except ValueError as error:  # 2026-13-45 where a date is meant
        raise Fault(file, 1, f"expected a date or number that exists, but {error}") from error
    finally:
        loader.dispose()
    if not isinstance(found, Marked):
        raise Fault(file, 1, "expected keys and values at the top")
    return found
