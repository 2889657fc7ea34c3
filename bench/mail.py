"""How fast digests leave, against two limits: bare SMTP, and Django's own way without a ledger. `make bench-mail`.

Everything goes to the same sink on this machine, pace off; rates are messages a second between the first and the last
one taken. What counts are the ratios within one run.
"""

import smtplib
import statistics
import sys

from bench.figures import Figures, scale
from bench.mailing import OPENINGS, OPENINGS_PER_DIGEST, queue_digests, register, render, stage, start_sender

ROUNDS = 3
MESSAGES = {"small": 2_000, "full": 10_000}


def rate(sink, count, send):
    """Messages a second, from first to last taken, while `send()` sends `count` of them."""
    sink.forget()
    send()
    taken = sink.taken()
    if len({one.recipient for one in taken}) != count or len(taken) != count:
        raise RuntimeError(f"the sink took {len(taken)} messages of {count}")
    return (count - 1) / (taken[-1].at - taken[0].at)


def bare(sink, count):
    """Fixed bytes through smtplib over one connection: the ceiling."""
    stop = "https://portal.example/stop/"
    text, html = render(range(OPENINGS_PER_DIGEST), stop)
    body = f"Message-ID: <x@y>\r\nSubject: s\r\n\r\n{text}{html}".replace("\n", "\r\n").encode()

    def send():
        with smtplib.SMTP("127.0.0.1", sink.port, local_hostname="bench") as server:
            for n in range(count):
                server.sendmail("a@example.org", [f"bare{n}@example.org"], body)

    return send, len(body)


def plain_django(sink, count):
    """Each digest from its templates, EmailMultiAlternatives, Django's SMTP backend, one connection; nothing recorded."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    def send():
        with get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=sink.port) as backend:
            for n in range(count):
                numbers = [(n + 7 * k) % OPENINGS for k in range(OPENINGS_PER_DIGEST)]
                text, html = render(numbers, f"https://portal.example/stop/{n}/", reuse=False)
                message = EmailMultiAlternatives(
                    "5 new openings for you", text, "Portal <a@example.org>", connection=backend
                )
                message.to = [f"django{n}@example.org"]
                message.attach_alternative(html, "text/html")
                message.send()

    return send


def ledger_here(prefix, count):
    """Our way, in this process: claim, render, begin, send, finish."""
    queue_digests(count, prefix=prefix)

    def send():
        from careerportal.outbox.sender import drain

        drain()

    return send


def ledger_with(senders, prefix, count):
    """Our way, in processes of their own."""
    queue_digests(count, prefix=prefix)

    def send():
        running = [start_sender() for _ in range(senders)]
        for sender in running:
            sender.wait()

    return send


def main():
    """Measure; exit status 1 on a miss."""
    figures, count = Figures(), MESSAGES[scale()]
    rates = {"bare": [], "django": [], "ours": [], "one": [], "two": []}
    with stage() as sink:
        register()
        for turn in range(ROUNDS):
            send, size = bare(sink, count)
            rates["bare"].append(rate(sink, count, send))
            rates["django"].append(rate(sink, count, plain_django(sink, count)))
            rates["ours"].append(rate(sink, count, ledger_here(f"ours{turn}x", count)))
            rates["one"].append(rate(sink, count, ledger_with(1, f"one{turn}x", count)))
            rates["two"].append(rate(sink, count, ledger_with(2, f"two{turn}x", count)))
    best = {name: statistics.median(found) for name, found in rates.items()}
    about = {"n": count, "state": "warm"}
    figures.note(f"messages/s, median of {ROUNDS}: " + ", ".join(f"{name} {value:.0f}" for name, value in best.items()))
    figures.note(
        f"one message {size} bytes; the ledger's handler renders each opening once, Django's own way in each digest"
    )
    figures.at_least("E1 ceiling", best["ours"] / best["bare"], 0.20, input="ledger / bare SMTP", **about)
    figures.at_least("E1 django", best["ours"] / best["django"], 1.5, input="ledger / Django without ledger", **about)
    figures.at_least("E1 two", best["two"] / best["one"], 1.3, input="two senders / one", **about)
    return figures.status


if __name__ == "__main__":
    sys.exit(main())
