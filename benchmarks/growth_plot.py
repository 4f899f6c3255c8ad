"""A plot of cost against size, on two logarithmic axes, as an SVG that needs no program to read."""

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 560, 320, 70, 28, 44, 60
Point = tuple[float, float]


def plot(points: Sequence[Point], slope: float, x_label: str, y_label: str) -> str:
    """Return the plot of *points* with the line of the fitted *slope* through their middle."""
    logs = [(math.log10(x), math.log10(y)) for x, y in points]
    x_first, x_last = math.floor(min(x for x, _ in logs)), math.ceil(max(x for x, _ in logs))
    y_first, y_last = math.floor(min(y for _, y in logs)), math.ceil(max(y for _, y in logs))

    def across(x: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (x - x_first) / (x_last - x_first)

    def down(y: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (y_last - y) / (y_last - y_first)

    middle_x, middle_y = (sum(axis) / len(logs) for axis in zip(*logs, strict=True))
    ends = [(x, middle_y + slope * (x - middle_x)) for x in (x_first, x_last)]
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="12">'
        ),
        f"<title>{escape(y_label)}, {escape(x_label)}: fitted exponent {slope:.2f}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(x_first, x_last + 1):
        lines.append(_line(across(power), TOP, across(power), HEIGHT - BOTTOM, "#ddd"))
        lines.append(_text(across(power), HEIGHT - BOTTOM + 18, f"{10**power:,}", "middle"))
    for power in range(y_first, y_last + 1):
        lines.append(_line(LEFT, down(power), WIDTH - RIGHT, down(power), "#ddd"))
        lines.append(_text(LEFT - 8, down(power) + 4, f"{10**power:,}", "end"))
    (x1, y1), (x2, y2) = ends
    lines.append(_line(across(x1), down(y1), across(x2), down(y2), "#1d6f56", "6 4"))
    lines += [f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="5" fill="#142f4c"/>' for x, y in logs]
    lines.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x_label, "middle"))
    lines.append(_text(LEFT, TOP - 6, y_label, "start"))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
