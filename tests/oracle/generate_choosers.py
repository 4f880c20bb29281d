# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where the generators take their choices from: a seed, or Hypothesis."""

import random


class SeededChooser:
    """Choices from a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, items):
        return items[int(self.random.random() * len(items))]

    def between(self, low, high):
        return low + int(self.random.random() * (high - low + 1))

    def some(self, items, low, high):
        """low..high different items, in random order."""
        high = min(high, len(items))
        return self.random.sample(items, self.between(min(low, high), high))


class HypothesisChooser:
    """Choices that Hypothesis draws, so that it can shrink them."""

    def __init__(self, draw):
        from hypothesis import strategies
        self.draw, self.strategies = draw, strategies

    def chance(self, probability):
        return self.between(0, 99) >= 100 - round(100 * probability)

    def pick(self, items):
        return self.draw(self.strategies.sampled_from(items))

    def between(self, low, high):
        return self.draw(self.strategies.integers(low, high))

    def some(self, items, low, high):
        high = min(high, len(items))
        keys = self.strategies.lists(self.strategies.integers(0, len(items) - 1), unique=True,
                                     min_size=min(low, high), max_size=high)
        return [items[key] for key in self.draw(keys)]
