"""What everybody who works here is told of what is kept of her: one text for page and paper.

Personal Information Protection Act, art. 15(2) and 30: what, for what, how long, who gets it, and
what she may ask for. What stands here has to agree with `docs/privacy.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.words import mark


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is kept: what, for what, how long."""

    what: str
    why: str
    long: str


_BOOKS = mark("It stays in the books, by your number and chosen name alone.")
KEPT = (
    Told(
        mark("The name you chose, your number, your language"),
        mark("To call you and to count your work"),
        mark(
            "Until no law wants papers of you kept; "
            "then it stands only beside what you entered yourself"
        ),
    ),
    Told(
        mark("When you come and go: the time and the screen of each badge"),
        mark("Your hours and your pay (Labor Standards Act, art. 48)"),
        _BOOKS,
    ),
    Told(
        mark("What you scan at work: bundle, operation, how many, when"),
        mark("Pay by the piece, and how far an order is"),
        _BOOKS,
    ),
    Told(
        mark("Faults found in your work, and what you say of them"),
        mark("So that nobody pays for what the cloth or the machine did"),
        _BOOKS,
    ),
    Told(
        mark("Whether you agreed to night and holiday work, and days without overtime"),
        mark("So that the law that protects you is kept (Labor Standards Act, art. 70–74)"),
        _BOOKS,
    ),
    Told(
        mark("Your pay and payslips"),
        mark("To pay you, and for taxes and insurances"),
        mark("Wage papers 3 years, tax papers 5 years at least; by number and chosen name"),
    ),
    Told(
        mark("Days of leave; what it is for, sealed"),
        mark("Your right to leave (Labor Standards Act, art. 60)"),
        _BOOKS,
    ),
    Told(
        mark("Telephone and bank account, sealed"),
        mark("To reach you and to pay you"),
        mark("Until the end of the year after you left; sooner if you ask"),
    ),
    Told(
        mark("Address, sealed"),
        mark("Contract and workers' register (Labor Standards Act, art. 41)"),
        mark("3 years after you left"),
    ),
    Told(
        mark("Legal name and birth date, sealed"),
        mark("Contract, taxes and insurances"),
        mark("5 years after the tax of your last year was declared"),
    ),
    Told(
        mark("Where you are signed in: which browser, since when"),
        mark("To sign a lost telephone out"),
        mark("Until you sign out, or it is over"),
    ),
    Told(
        mark("Who looked at what is sealed, when and why"),
        mark("So that you can see it on your own page"),
        mark("2 years at least"),
    ),
)
NEVER = (
    mark("Your place, your face, your fingerprints, your voice: nothing here measures them."),
    mark("Your family, your faith, how you vote: nobody asks, and there is no field for it."),
    mark("Your resident registration number is not kept."),
)
WHO = (
    mark(
        "The supervisor sees hours and pieces by your chosen name. "
        "Pay is seen by the manager alone."
    ),
    mark(
        "A sealed text opens only with a written reason; you see who it was. "
        "Many at once open only when a second person knows."
    ),
    mark(
        "The bank gets account and amount. Tax office and insurances get what the law wants. "
        "Nobody else gets anything, and nothing goes abroad."
    ),
    mark(
        "Everything lies on the factory's own computer. The key to what is sealed lies elsewhere."
    ),
)
RIGHTS = (
    mark("See all of it on your own page, and take it with you as a file."),
    mark("Have put right what is wrong."),
    mark("After you left: have erased what no law wants kept."),
    mark("Complain: Privacy Infringement Report Centre, telephone 118."),
)
