from contextlib import contextmanager


@contextmanager
def attach():
    yield
