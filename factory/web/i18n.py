"""Choose the language and the size of letters for a request; give templates their words."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from markupsafe import Markup

from factory.kernel import words
from factory.web.guard import find_actor

COOKIE = "didim_language"
BIG_COOKIE = "didim_big"
NAMES = {"ko": "한국어", "ko_easy": "쉬운 말", "en": "English"}


def install(app: Flask, default: str) -> None:
    """Speak the reader's language in every request."""
    app.config["DIDIM_LANGUAGE"] = default
    app.before_request(_choose)
    app.teardown_request(_forget)
    app.jinja_env.globals.update(
        _=words.say,
        languages=NAMES,
        language=words.language,
        html_language=html_language,
        big=big_letters,
        actor=find_actor,
    )
    app.jinja_env.filters.update(
        money=words.show_money,
        day=words.show_day,
        clock=words.show_time,
        moment=words.show_moment,
        shown=words.show,
        hours=show_hours,
    )


def show_hours(minutes: int) -> str:
    """A length of time as hours and minutes: 8:05."""
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def html_language() -> str:
    """What `<html lang>` says."""
    return "en" if words.language() == "en" else "ko"


def big_letters() -> bool:
    """Whether this reader wants letters of double size."""
    return request.cookies.get(BIG_COOKIE) == "1"


def sentence_list(parts: list[str]) -> Markup:
    """Several sentences, one below the other."""
    return Markup("<br>").join(parts)


def _choose() -> None:
    g.speaking = words.speaking(_language(str(request.args.get("language", ""))))
    g.speaking.__enter__()


def _forget(_error: BaseException | None) -> None:
    speaking = g.pop("speaking", None)
    if speaking is not None:
        speaking.__exit__(None, None, None)


def _language(asked: str) -> str:

    if asked in words.LANGUAGES:
        return asked
    chosen = request.cookies.get(COOKIE, "")
    if chosen in words.LANGUAGES:
        return chosen
    if request.path.startswith(("/static/", "/api/", "/healthz")):
        return _preferred() or str(current_app.config["DIDIM_LANGUAGE"])
    found = find_actor()
    return found.language if found else _preferred() or str(current_app.config["DIDIM_LANGUAGE"])


def _preferred() -> str | None:
    """The first language of the browser that we speak, in the browser's order."""
    for tag, _quality in request.accept_languages:
        base = tag.split("-")[0].lower()
        if base in words.LANGUAGES:
            return base
    return None
