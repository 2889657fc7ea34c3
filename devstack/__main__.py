"""Entrance: python -m devstack exec COMMAND..."""

import sys

if sys.version_info < (3, 11):
    sys.exit("The portal needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])


def main(arguments):
    from devstack import attach, throwaway

    if arguments == ["keep"]:
        return attach.keep()
    if not arguments or arguments[0] != "exec":
        return __doc__
    return throwaway.run(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
