"""What lines, units, inputs and remarks are called."""

from __future__ import annotations

from factory.kernel.words import mark

RULES = {
    "base": mark("The time that was agreed is paid at the agreed rate."),
    "piece": mark("Every good piece is paid at the rate of its operation."),
    "overtime": mark("Hours beyond 8 a day or 40 a week are paid at one and a half."),
    "overtime_premium": mark("The pieces paid these hours once; half of the hour is added."),
    "night_premium": mark("Between 22:00 and 06:00 half of the hourly wage is added."),
    "holiday_work": mark("Work on a holiday is paid at one and a half, beyond 8 hours double."),
    "weekly_holiday": mark("Who came on every agreed day of the week has a paid day of rest."),
    "paid_holiday": mark("A public holiday on a working day is paid."),
    "paid_leave": mark("A day of leave is paid like the work agreed for it."),
    "shutdown_pay": mark(
        "While the factory rests 70 per cent of her average wage is paid, or her usual wage where"
        " that is lower."
    ),
    "shutdown_at_ordinary": mark("While the factory rests her usual wage is paid."),
    "unused_leave": mark("Days of leave that were not used are paid like days of work."),
    "minimum_wage_top_up": mark("What is missing to the minimum wage is added."),
    "allowance": mark("An allowance by contract."),
    "waiting": mark(
        "Waiting for help is paid at the minimum wage, as far as the lift to it does not pay it"
        " already."
    ),
    "correction": mark("What she earned in a closed month, less what was paid for it so far."),
    "by_hand": mark("Entered by the office."),
    "billed": mark("As the agency billed it; what was calculated stands beside it."),
    "national_pension": mark("A share of the standard monthly income, cut to 10 won."),
    "health_insurance": mark("A share of pay between the lowest and highest premium."),
    "long_term_care": mark("A share of the health premium, cut to 10 won."),
    "employment_insurance": mark("A share of pay, cut to 10 won."),
    "industrial_accident": mark("Paid by the employer alone."),
    "income_tax": mark("The simplified table's amount, less the children's, at the share chosen."),
    "day_labour_tax": mark("Of each day's pay beyond the free part; cut to 10 won once."),
    "freelance_tax": mark("Three per cent of the pay, cut to 10 won."),
    "local_income_tax": mark("A tenth of the income tax, cut to 10 won."),
    "garnishment": mark(
        "Paid to a creditor because a court ordered it. The law keeps at least half of her pay, and"
        " never less than the least, from it."
    ),
    "severance_garnishment": mark(
        "Paid to a creditor because a court ordered it. The law keeps half of severance from it."
    ),
    "retirement_tax": mark(
        "Severance is taxed as if it had been earned year by year; cut to 10 won."
    ),
    "annual_leave": mark(
        "A day for each full month of the first year, then a number for each year."
    ),
    "overtime_minutes": mark("Minutes beyond the day's limit are overtime."),
    "week_overtime_minutes": mark(
        "Overtime of the days, and what lies beyond the week's 40 hours."
    ),
    "night_minutes": mark("Minutes worked between 22:00 and 06:00."),
    "holiday_minutes": mark("Work on a holiday."),
    "present_not_settled": mark("Minutes present that nobody has called work yet."),
    "severance": mark("Thirty days of average wage for each year of service."),
}

NAMES = {
    "base": mark("Basic pay"),
    "piece": mark("Piece pay"),
    "overtime": mark("Overtime"),
    "overtime_premium": mark("Overtime premium"),
    "night_premium": mark("Night premium"),
    "holiday_work": mark("Holiday work"),
    "weekly_holiday": mark("Weekly holiday pay"),
    "paid_holiday": mark("Public holiday pay"),
    "paid_leave": mark("Paid leave"),
    "shutdown_pay": mark("Shutdown pay"),
    "minimum_wage_top_up": mark("Lift to the minimum wage"),
    "unused_leave": mark("Unused leave"),
    "bonus": mark("Bonus"),
    "correction": mark("Correction"),
    "allowance": mark("Allowance"),
    "national_pension": mark("National pension"),
    "health_insurance": mark("Health insurance"),
    "long_term_care": mark("Long-term care"),
    "employment_insurance": mark("Employment insurance"),
    "industrial_accident": mark("Industrial accident insurance"),
    "income_tax": mark("Income tax"),
    "local_income_tax": mark("Local income tax"),
    "year_end_tax": mark("Year-end tax"),
    "year_end_local_tax": mark("Year-end local tax"),
    "health_settlement": mark("Health settlement"),
    "garnishment": mark("Garnishment"),
    "advance": mark("Advance"),
    "agreed": mark("Agreed deduction"),
}
OF_SEVERANCE = {
    "severance": mark("Severance"),
    "income_tax": mark("Retirement income tax"),
    "local_income_tax": mark("Local tax on it"),
}
"""What lines of a leaver's severance are called."""
UNITS = {
    "hour": mark("hours"),
    "piece": mark("pieces"),
    "day": mark("days"),
    "month": mark("months"),
}
NOTICES = {
    "below_minimum_wage": mark(
        "The agreed pay is below the minimum wage. What is missing was added; agree on a new rate."
    ),
    "over_52_hours": mark("More than 52 hours in the week from {day}: the law forbids it."),
    "part_time_over_12": mark(
        "In the week from {day} more than 12 hours beyond her part-time contract."
    ),
    "week_before_period_assumed_attended": mark(
        "Of the week from {day} the days before this month are not known and taken as attended."
    ),
    "rates_not_published": mark("A newer tax table may hold by now. The last one known was used."),
    "freelance_with_fixed_hours": mark("A freelancer with fixed hours may be an employee."),
    "day_labour_over_three_months": mark("Day labour of three months is ordinary employment."),
    "terms_changed": mark("From {day} on other terms hold; each part is paid by its own."),
    "last_terms_used": mark(
        "From {day} on other terms hold; the whole month was paid by them. Please check it."
    ),
}
INPUTS = {
    "billed": mark("billed amount"),
    "calculated": mark("calculated amount"),
    "average": mark("average wage of a day"),
    "bonus": mark("bonuses of the last year"),
    "calendar_days": mark("calendar days"),
    "converted_free": mark("free part of a year's pay"),
    "day_hours": mark("hours of a working day"),
    "earlier": mark("taken by earlier orders"),
    "given": mark("hours of work that day"),
    "leave_pay": mark("pay for unused leave of the year before"),
    "monthly_days": mark("days for full months"),
    "months": mark("months"),
    "more_from": mark("half of the pay beyond which more may be taken"),
    "ordinary_daily": mark("ordinary wage of a day"),
    "rate_off": mark("less by the bracket"),
    "service_days": mark("days of service that count"),
    "service_free": mark("free for the years of service"),
    "severance": mark("severance"),
    "wages": mark("wages of three months"),
    "year": mark("days of a year"),
    "yearly_days": mark("days for completed years"),
    "years": mark("years of service"),
    "earned_right": mark("earned as corrected"),
    "earned_paid": mark("paid for it so far"),
    "absent_hours": mark("hours absent"),
    "amount": mark("amount"),
    "cell": mark("amount of the tax table"),
    "children": mark("less for children"),
    "count": mark("pieces"),
    "counted": mark("counted hourly pay"),
    "days": mark("days"),
    "divisor": mark("paid hours of a month"),
    "factor": mark("times"),
    "health_premium": mark("health premium"),
    "hourly": mark("hourly pay"),
    "hours": mark("hours"),
    "income_tax": mark("income tax"),
    "least": mark("at least"),
    "lift": mark("lift to the minimum wage"),
    "lost_holiday_hours": mark("hours of lost weekly holidays"),
    "minimum": mark("minimum wage"),
    "most": mark("at most"),
    "pay": mark("pay of the month"),
    "percent": mark("per cent"),
    "pieces": mark("piece pay"),
    "rate": mark("rate"),
    "share": mark("share"),
    "standard_income": mark("standard monthly income"),
    "taxed": mark("taxed pay"),
    "waited": mark("hours of waiting"),
    "training": mark("rate of the employer's part"),
    "wage": mark("ordinary hourly wage"),
}
ORIGINS = {
    "bill of the agency": mark("bill of the agency"),
    "calculated for comparison": mark("calculated for comparison"),
    "average wage of three months": mark("average wage of three months"),
    "completed years": mark("completed years"),
    "days the factory rested": mark("days the factory rested"),
    "earlier orders of a court": mark("earlier orders of a court"),
    "full months of the first year": mark("full months of the first year"),
    "leave": mark("leave"),
    "order of a court": mark("order of a court"),
    "ordinary wage of a day": mark("ordinary wage of a day"),
    "pay after insurance and tax": mark("pay after insurance and tax"),
    "payslips of the last year": mark("payslips of the last year"),
    "payslips of three months": mark("payslips of three months"),
    "severance": mark("severance"),
    "severance after tax": mark("severance after tax"),
    "absences": mark("absences"),
    "calendar": mark("calendar"),
    "calendar and time clock": mark("calendar and time clock"),
    "chosen by her": mark("chosen by her"),
    "contract": mark("contract"),
    "calls for help": mark("calls for help"),
    "each day's pay beyond the free part": mark("each day's pay beyond the free part"),
    "entered by hand": mark("entered by hand"),
    "health_insurance": mark("health insurance"),
    "income_tax": mark("income tax"),
    "law": mark("law"),
    "ordinary hourly wage": mark("ordinary hourly wage"),
    "ordinary hourly wage of the month before": mark("ordinary hourly wage of the month before"),
    "pay": mark("pay of the month"),
    "pay of the month": mark("pay of the month"),
    "piece pay": mark("piece pay"),
    "payslips": mark("payslips"),
    "time clock": mark("time clock"),
    "time clock, approved days": mark("time clock, approved days"),
}
FUNCTIONS = {
    "max": mark("the larger of"),
    "min": mark("the smaller of"),
    "cut": mark("cut to 10 won"),
    "up": mark("up to 0.01 won"),
}
