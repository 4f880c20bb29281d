#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws docs/fleet-growth.svg from the table of docs/fleet.md, both axes logarithmic:

    growth_plot.py docs/fleet.md >docs/fleet-growth.svg"""

import math
import re
import sys

LINES = (("read", 1, 1000.0, "#1b6ca8", "", "reading"),
         ("check", 2, 1.0, "#2e7d32", "6 3", "check of one device"),
         ("select", 3, 1.0, "#b03a2e", "2 3", "select, three devices"))
LEFT, TOP, WIDTH, HEIGHT = 90, 30, 470, 290
DECADES = (-2, 5)


def rows(text):
    for line in re.findall(r"^\| (\d+ \|.*) \|$", text, re.M):
        yield [float(cell) for cell in line.split("|")]


def main():
    table = list(rows(open(sys.argv[1]).read()))
    first, last = (math.log10(table[i][0]) for i in (0, -1))

    def x(hosts):
        return LEFT + WIDTH * (math.log10(hosts) - first) / (last - first)

    def y(milliseconds):
        low, high = DECADES
        return TOP + HEIGHT * (high - math.log10(milliseconds)) / (high - low)

    print('<svg xmlns="http://www.w3.org/2000/svg" width="760" height="380" '
          'font-family="sans-serif" font-size="12">')
    print('<title>Time against the number of hosts</title>')
    print('<rect width="760" height="380" fill="#ffffff"/>')
    for decade in range(DECADES[0], DECADES[1] + 1):
        at = y(10.0 ** decade)
        print(f'<path d="M{LEFT} {at:.1f}H{LEFT + WIDTH}" stroke="#d5dbe1"/>')
        print(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">'
              f'{10.0 ** decade:g} ms</text>')
    for hosts, *_ in table:
        print(f'<text x="{x(hosts):.1f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">'
              f'{int(hosts):,}</text>')
    print(f'<text x="{LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 42}" text-anchor="middle">hosts</text>')
    for _, column, factor, colour, dashes, words in LINES:
        points = [(x(row[0]), y(row[column] * factor)) for row in table]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        print(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
              f'stroke-dasharray="{dashes}"/>')
        print(f'<text x="{LEFT + WIDTH + 10}" y="{points[-1][1] + 4:.1f}" fill="{colour}">'
              f'{words}</text>')
    print("</svg>")


if __name__ == "__main__":
    main()
