"""Sentences of our own for generated exports: each is said once, so that its loss is seen."""

from random import Random

_WHO = [
    "The cluster",
    "A partner",
    "The forum",
    "Our members",
    "Two regions",
    "The jury",
    "A start-up",
    "The network",
    "Every team",
    "The board",
]
_DID = [
    "met",
    "visited",
    "invited",
    "thanked",
    "advised",
    "counted",
    "welcomed",
    "compared",
    "mapped",
    "joined",
]
_WHOM = [
    "farmers",
    "engineers",
    "designers",
    "mayors",
    "students",
    "bakers",
    "founders",
    "nurses",
    "teachers",
    "weavers",
]
_WHERE = [
    "Linz",
    "Casablanca",
    "Žilina",
    "Besançon",
    "Λάρισα",
    "Пловдив",
    "Beirut",
    "Milano",
    "Málaga",
    "Gdańsk",
]


class Prose:
    """A seeded source of sentences."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.number = 0

    def sentence(self):
        """Return a sentence that was not returned before."""
        self.number += 1
        choose = self.random.choice
        return f"{choose(_WHO)} {choose(_DID)} {self.number} {choose(_WHOM)} in {choose(_WHERE)}."

    def title(self):
        return self.sentence().removesuffix(".")

    def pick(self, *options):
        return self.random.choice(options)

    def chance(self, share):
        return self.random.random() < share
