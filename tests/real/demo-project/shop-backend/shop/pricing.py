"""The shop's pricing."""
from decimal import ROUND_HALF_EVEN, Decimal


def total(lines, rate):
    """The sum of all lines in the customer's currency, rounded once at the end."""
    net = sum(Decimal(line.price_minor) * line.quantity for line in lines)
    return (net * rate).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
