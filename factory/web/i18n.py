"""Choose the language and the size of letters for a request; give templates their words."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask, current_app, g, request
from markupsafe import Markup

from factory.kernel import words
from factory.law.articles import cite
from factory.web.guard import find_actor, on_floor, opens

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
        on_floor=on_floor,
        opens=opens,
    )
    app.jinja_env.filters.update(
        money=words.show_money,
        day=day_together,
        short_day=words.show_short_day,
        day_of_month=words.show_day_of_month,
        month=show_month,
        clock=words.show_time,
        moment=moment_together,
        shown=words.show,
        named=words.named,
        hours=show_hours,
        cite=cite,
    )


def day_together(day: date) -> Markup:
    """A day that no line breaks inside."""
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words.show_day(day))


def moment_together(moment: datetime) -> Markup:
    """A day with its time, that no line breaks inside."""
    return Markup('<time datetime="{}">{}</time>').format(
        moment.isoformat(timespec="minutes"), words.show_moment(moment)
    )


def show_hours(minutes: int) -> str:
    """A length of time as hours and minutes: 8:05."""
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


def show_month(month: date | str) -> str:
    """A month as people write it, also from an address (`2026-11`)."""
    first = date.fromisoformat(f"{month}-01") if isinstance(month, str) else month
    return words.show_month(first)


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
    """Asked for in the address, hers at a shared screen, this browser's, hers, the browser's."""
    plain = request.path.startswith(("/static/", "/api/", "/healthz"))
    found = None if plain else find_actor()
    wishes = (
        asked,
        found.her_language if found else None,
        request.cookies.get(COOKIE),
        found.language if found else None,
        _preferred(),
    )
    chosen = next((wish for wish in wishes if wish in words.LANGUAGES), None)
    return chosen or str(current_app.config["DIDIM_LANGUAGE"])


def _preferred() -> str | None:
    """The first language of the browser that we speak, in the browser's order."""
    for tag, _quality in request.accept_languages:
        base = tag.split("-")[0].lower()
        if base in words.LANGUAGES:
            return base
    return None
