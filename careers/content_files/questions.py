"""Questions and answers, the self-assessment, and the first news."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from careers import models
from careers.content_files.files import Record, known


def faq(file):
    for position, item in enumerate(file["questions"]):
        yield Record(
            models.Question,
            item["id"],
            {
                **known(item, file, position),
                "audience": item["audience"],
                "question": item["q"],
                "answer": item["a"],
                "sources": item["sources"],
            },
        )


def news(file):
    for position, item in enumerate(file["items"]):
        morning = datetime.combine(
            datetime.fromisoformat(item["published"]).date(), time(8), tzinfo=ZoneInfo(settings.TIME_ZONE)
        )
        yield Record(
            models.NewsItem,
            item["slug"],
            {
                **known(item, file, position),
                "title": item["title"],
                "summary": item["summary"],
                "body": item["body"],
                "published_at": morning.astimezone(UTC).isoformat(),
                "source": item.get("source"),
            },
        )


def fit(file):
    about = {"tier": file["tier"], "review_due": file["review_due"]}
    notes = file["results"]["dimension_notes"]
    for position, (key, item) in enumerate(file["dimensions"].items()):
        yield Record(
            models.FitDimension,
            key.replace("_", "-"),
            {
                **known(about, file, position),
                "kind": item["kind"],
                "name": item["name"],
                "when_high": notes[key]["high"],
                "when_low": notes[key]["low"],
            },
        )
    questions = [*file["questions"], *file["preferences"]["questions"]]
    for position, item in enumerate(questions):
        yield Record(
            models.FitQuestion,
            item["id"],
            {
                **known(about, file, position),
                "text": item["text"],
                "is_scored": item.get("scored", True),
                "takes_many": item.get("choose") == "many",
            },
        )
    for question in questions:
        for position, item in enumerate(question["answers"]):
            weights = item.get("weights", {})
            yield Record(
                models.FitAnswer,
                f"{question['id']}-{item['id']}",
                {
                    **known(about, file, position),
                    "question": question["id"],
                    "key": item["id"],
                    "text": item["text"],
                    **{name: weights.get(name, 0) for name in models.fit.DIMENSIONS},
                    "settings": item.get("settings", []),
                },
            )
    for kind in ("fit", "lean"):
        for position, (key, item) in enumerate(file["results"][kind].items()):
            yield Record(
                models.FitResult,
                f"{kind}-{key}",
                {
                    **known(about, file, position),
                    "title": item["title"],
                    "text": item["text"],
                    "next_pages": item.get("next", []),
                    "roles": item.get("roles", []),
                },
            )
    passages = {
        "fit-title": file["title"],
        "fit-intro": file["intro"],
        "fit-disclaimer": file["disclaimer"],
        "fit-preferences-intro": file["preferences"]["intro"],
        "fit-preferences-rule": file["preferences"]["rule"],
        **{f"fit-step-{number}": text for number, text in enumerate(file["scoring"]["steps"], start=1)},
    }
    for position, (key, text) in enumerate(passages.items(), start=100):
        values = {**known(about, file, position), "text": text, "is_verbatim": False, "sources": []}
        yield Record(models.Passage, key, values)
