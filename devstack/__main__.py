"""The launcher. Usage: python -m devstack WHAT

setup           make .venv and install the locked packages
run             run the portal on this machine (this is `make run`)
test [ARGS]     run pytest against servers that exist only for it (this is `make test`)
check           run every check (this is `make check`)
exec COMMAND    run a command against servers that exist only for it
keep            (internal) hold the servers while management commands use them
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - older ones shall read a sentence, not a traceback
    sys.exit("The portal needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))


def main(arguments):
    """Do what the arguments say and return an exit status, or a sentence that says what went wrong."""
    what, rest = (arguments or ["help"])[0], arguments[1:]
    from devstack import packages
    from devstack.binaries import LauncherError

    try:
        if what == "setup":
            packages.install()
        elif what == "test":
            packages.install_for_tests()
            pytest = [packages.PYTHON, "-m", "pytest", "-n", "auto", *rest]
            _become(packages.PYTHON, "-m", "devstack", "exec", *pytest)
        elif what in ("run", "check"):
            packages.install()
            if not packages.inside_venv():
                _become(packages.PYTHON, "-m", "devstack", what)
            from devstack import checking, supervisor

            return supervisor.run() if what == "run" else checking.check()
        elif what == "exec" and rest:
            from devstack import throwaway

            return throwaway.run(rest)
        elif what == "keep":
            from devstack import attach

            return attach.keep()
        else:
            return __doc__.strip()
    except LauncherError as error:
        return str(error)
    except KeyboardInterrupt:
        return 130
    return 0


def _become(*command):
    """Go on as another program, in the same process."""
    sys.stdout.flush()
    os.execv(command[0], [str(part) for part in command])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
