"""Say a sentence in the reader's language; no Flask, so that commands and paper speak too.

English is the source language. Catalogues are gettext files below `factory/translations/LANGUAGE/`,
one for each package; `ko_easy` falls back to `ko`, `ko` to the English sentence. Korean says one
and many alike; for English, `en_one` keeps sentences that are said otherwise of a single thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from factory.kernel.errors import BadInput, FactoryError
from factory.kernel.money import Money
from factory.kernel.time import Length, local

LANGUAGES = ("ko", "ko_easy", "en")
FALLBACK = {"ko_easy": "ko"}
ONE = "en_one"
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
WEEKDAYS = ("월", "화", "수", "목", "금", "토", "일")

_language: ContextVar[str] = ContextVar("language", default="ko")


_nameless: ContextVar[bool] = ContextVar("nameless", default=False)
SOMEBODY = "○○○"
"""Stands for a name, and for what somebody typed, while visitors look."""


def hide_names(*, hidden: bool) -> None:
    """Say nobody's name from here on, or say them again; asked anew at every request."""
    _nameless.set(hidden)


def named(name: str) -> str:
    """A person's name, or a text that somebody typed, as it may be said here now."""
    return SOMEBODY if _nameless.get() and name else name


def language() -> str:
    """The language spoken now: `ko`, `ko_easy` or `en`."""
    return _language.get()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Speak a language inside the block."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


@lru_cache(maxsize=8)
def catalogue(chosen: str) -> Mapping[str, str]:
    """Every translated sentence of a language, fallbacks merged in."""
    fallback = FALLBACK.get(chosen)
    sentences = dict(catalogue(fallback)) if fallback else {}
    for path in sorted((TRANSLATIONS / chosen).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="ko"):
                if message.id and message.string and not message.fuzzy:
                    sentences[str(message.id)] = str(message.string)
    return MappingProxyType(sentences)


def mark(sentence: str) -> str:
    """Name a sentence for the catalogues; it is spoken later, in the language of that moment."""
    return sentence


def translate(sentence: str, chosen: str | None = None) -> str:
    """The sentence in a language, its `{names}` unfilled."""
    return catalogue(chosen or language()).get(sentence, sentence)


def say(sentence: str, chosen: str | None = None, /, **values: object) -> str:
    """The sentence in a language (default: the one spoken now), with its values shown in it."""
    spoken = chosen or language()
    shown = {name: show(value, spoken) for name, value in values.items()}
    text = _of_one(sentence, shown) if spoken == "en" else translate(sentence, spoken)
    return text.format_map(shown)


def _of_one(sentence: str, shown: Mapping[str, str]) -> str:
    """The English sentence, or the one for a single thing where that is what is counted.

    The sentence for a single thing names the count no more; so it is known which value is meant.
    """
    single = catalogue(ONE).get(sentence)
    if single is None:
        return sentence
    counted = (value for name, value in shown.items() if _is_left_out(name, sentence, single))
    return single if all(value == "1" for value in counted) else sentence


def _is_left_out(name: str, sentence: str, single: str) -> bool:
    return f"{{{name}}}" in sentence and f"{{{name}}}" not in single


def tell(error: FactoryError, chosen: str | None = None) -> str:
    """An error's sentence in a language."""
    values = dict(error.values)
    for name in error.personal:
        values[name] = named(show(values.get(name, ""), chosen))
    for name in error.spoken:
        values[name] = translate(str(values.get(name, "")), chosen)
    if isinstance(error, BadInput):
        values["problem"] = say(error.problem, chosen, **values)
    return say(type(error).sentence(), chosen, **values)


def tell_in_each(error: FactoryError) -> dict[str, str]:
    """An error's sentence in every language: for somebody else to read, later."""
    return {each: tell(error, each) for each in LANGUAGES}


def show(value: object, chosen: str | None = None) -> str:
    """A value as people write it: money, days, times, lists, words of ours."""
    spoken = chosen or language()
    for kind, shown in _SHOWN.items():
        if isinstance(value, kind):
            return shown(value, spoken)
    return str(value)


def show_money(amount: Money | int, chosen: str | None = None) -> str:
    """1,234,000원, in English ₩1,234,000."""
    won = amount.won if isinstance(amount, Money) else amount
    if (chosen or language()) == "en":
        return f"-₩{-won:,}" if won < 0 else f"₩{won:,}"
    return f"{won:,}원"


def show_day(day: date, chosen: str | None = None) -> str:
    """2026년 11월 23일(월), in English 23 Nov 2026 (Mon)."""
    if (chosen or language()) == "en":
        return f"{day.day} {day:%b %Y (%a)}"
    return f"{day.year}년 {day.month}월 {day.day}일({WEEKDAYS[day.weekday()]})"


def show_short_day(day: date, chosen: str | None = None) -> str:
    """11월 23일(월), in English 23 Nov (Mon): where the year is plain."""
    if (chosen or language()) == "en":
        return f"{day.day} {day:%b (%a)}"
    return f"{day.month}월 {day.day}일({WEEKDAYS[day.weekday()]})"


def show_day_of_month(day: date, chosen: str | None = None) -> str:
    """23일(월), in English 23 (Mon): below the month's name."""
    if (chosen or language()) == "en":
        return f"{day.day} {day:(%a)}"
    return f"{day.day}일({WEEKDAYS[day.weekday()]})"


def show_weekday(day: date, chosen: str | None = None) -> str:
    """월, in English Mon."""
    return f"{day:%a}" if (chosen or language()) == "en" else WEEKDAYS[day.weekday()]


def show_month(day: date, chosen: str | None = None) -> str:
    """2026년 11월, in English Nov 2026."""
    return f"{day:%b %Y}" if (chosen or language()) == "en" else f"{day.year}년 {day.month}월"


def show_time(moment: datetime, chosen: str | None = None) -> str:  # noqa: ARG001 - one form for all
    """08:52, on the wall clock of Seoul."""
    return f"{local(moment):%H:%M}"


def show_moment(moment: datetime, chosen: str | None = None) -> str:
    """Day and time."""
    return f"{show_day(local(moment).date(), chosen)} {show_time(moment)}"


def show_length(length: Length, chosen: str | None = None) -> str:
    """2시간 30분, in English 2 h 30 min."""
    hours, minutes = divmod(abs(length.minutes), 60)
    units = ("{} h", "{} min") if (chosen or language()) == "en" else ("{}시간", "{}분")
    parts = [unit.format(n) for unit, n in zip(units, (hours, minutes), strict=True) if n]
    return " ".join(parts) or units[1].format(0)


def _show_enum(value: Enum, spoken: str) -> str:
    return translate(str(getattr(value, "label", value.value)), spoken)


def _show_list(value: tuple[object, ...] | list[object], spoken: str) -> str:
    return ", ".join(show(part, spoken) for part in value)


_SHOWN: dict[type | tuple[type, ...], Callable[..., str]] = {
    Money: show_money,
    datetime: show_moment,
    date: show_day,
    Length: show_length,
    Enum: _show_enum,
    (tuple, list): _show_list,
}
