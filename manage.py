#!/usr/bin/env python
"""Run a management command, on the embedded servers when no others are named."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerportal.settings")
    from devstack.attach import attach  # the launcher must set the addresses before settings are read

    with attach():
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
