"""What the pages of alterations and of coats made to order accept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import at as moment_on
from factory.kernel.time import today
from factory.kernel.words import mark
from factory.till.domain.sale import Tender
from factory.till.domain.ticket import (
    DAYS_USUAL,
    MOST_TASKS,
    NewTicket,
    Payment,
    PricedTask,
    Task,
)
from factory.till.forms import NUMBER, TenderForm, up_to
from factory.web.days import DateField, clock_time
from factory.web.forms import BaseForm, Won, event_id, not_below_zero

MOST_PRICE = Money(100_000_000)


def usual_promise() -> date:
    """The day that is proposed for an alteration."""
    return today() + timedelta(days=DAYS_USUAL)


class TaskForm(BaseForm):
    """Something that is to be done."""

    name = StringField(mark("What is done"), [Length(max=60)])
    how = StringField(mark("By how much"), [Length(max=60)], render_kw={"autocomplete": "off"})
    price = Won(mark("Price"), [up_to(MOST_PRICE)], render_kw=NUMBER)

    def to_task(self) -> Task:
        """The line as a value."""
        return Task(self.name.data or "", self.how.data or "", self.price.data or ZERO)


class PayForm(TenderForm):
    """How much is paid on a ticket, and how."""

    pay_id = HiddenField(default=new_id)
    amount = Won(mark("Paid now"), [up_to(MOST_PRICE)], render_kw=NUMBER)

    def to_payment(self, amount: Money, quick: Tender | None, till: int) -> Payment:
        """The payment as a value."""
        tenders = self.to_tenders(quick)
        return Payment(event_id(self.pay_id.data), amount, tenders, self.to_cash_receipt(), till)


class TicketForm(PayForm):
    """What is taken in, and its deposit."""

    ticket_id = HiddenField(default=new_id)
    coat = StringField(mark("Which coat"), [Length(max=120)])
    tasks = FieldList(FormField(TaskForm), max_entries=MOST_TASKS)
    promised = DateField(mark("Promised for"), [InputRequired()], default=usual_promise)
    rush = BooleanField(mark("In a rush"))
    note = StringField(mark("Note for the workroom"), [Length(max=200)])
    order = StringField(mark("Order"), [Length(max=20)])

    def to_tasks(self) -> tuple[Task, ...]:
        """The lines as values, empty ones too."""
        return tuple(entry.form.to_task() for entry in self.tasks)

    def with_task(self, task: PricedTask | None) -> None:
        """One line more, from the price list or empty; an empty last line is filled first."""
        last = self.tasks.entries[-1].form if self.tasks.entries else None
        if last is None or last.to_task() != Task(""):
            if len(self.tasks) == MOST_TASKS:
                return
            last = self.tasks.append_entry().form
        if task is not None:
            last["name"].data, last["price"].data = task.name, task.price
            last["name"].raw_data = last["price"].raw_data = None

    def to_ticket(self, payment: Payment | None) -> NewTicket:
        """What is taken in as a value."""
        made = NewTicket(
            id=event_id(self.ticket_id.data),
            promised=self.promised.data or today(),
            coat=self.coat.data or "",
            rush=self.rush.data,
            customer=self.customer.data,
            note=self.note.data or "",
            deposit=payment,
        )
        order = (self.order.data or "").strip()
        return replace(made, order=order) if order else replace(made, tasks=self.to_tasks())


class PromiseForm(BaseForm):
    """Another day is promised."""

    promised = DateField(mark("Promised for"), [InputRequired()])
    reason = StringField(mark("Reason"), [Length(max=200)])


class FittingForm(BaseForm):
    """When the customer comes to try it on."""

    day = DateField(mark("Day"), [InputRequired()])
    fitting = StringField(mark("Time"), [clock_time], render_kw={"type": "time"})

    def to_moment(self) -> datetime:
        """When she comes."""
        return moment_on(self.day.data or today(), self.fitting.data or "00:00")


class CancelForm(BaseForm):
    """Nothing comes of it."""

    cancel_id = HiddenField(default=new_id)
    reason = StringField(mark("Reason"), [Length(max=200)])


class PriceForm(BaseForm):
    """A task of the price list."""

    name = StringField(mark("What is done"), [InputRequired(), Length(max=60)])
    price = Won(mark("Price"), [InputRequired(), up_to(MOST_PRICE), not_below_zero])
    offered = BooleanField(mark("Offered at the till"), default=True)

    def to_task(self, number: int) -> PricedTask:
        """The task as a value."""
        name, price = (self.name.data or "").strip(), self.price.data or ZERO
        return PricedTask(number, name, price, self.offered.data)
