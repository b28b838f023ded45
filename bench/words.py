"""Words, sentences and paragraphs by a seeded generator: nobody is quoted, and nothing is claimed."""

import random

NOUNS = """
cluster manager partner region meeting training project network company business model innovation energy
tourism health food packaging olive export market session workshop roundtable speaker participant
representative university research agency development benchmarking programme strategy challenge opportunity
support funding scheme instrument pilot lesson practice story success exchange webinar collaboration
cooperation organisation policy expert sector industry supply chain textile agriculture climate water
platform service skill knowledge transfer technology laboratory prototype product producer farmer
cooperative association chamber commerce ministry commission council report survey result indicator target
group evaluation evidence analysis plan action method tool catalogue directory profile contact office
coordinator director engineer student teacher visitor delegation mission fair exhibition stand pavilion
agreement letter consortium proposal deadline call application candidate award jury prize ceremony
conference venue agenda registration invitation newsletter article interview photograph video summary
conclusion recommendation roadmap milestone deliverable budget grant investment investor startup incubator
accelerator mentor coach advisor committee board assembly member membership fee benefit value quality
standard certification label origin taste recipe chef restaurant hotel route heritage museum theatre music
film design fashion craft wood furniture metal machine sensor software robot material chemistry plastic
recycling waste economy mobility transport logistics port road rail aviation space marine fish aquaculture
forest biomass solar wind battery storage grid building construction renovation city village island coast
mountain valley border neighbour country
""".split()  # noqa: SIM905 (words read best)
VERBS = """
presented discussed organised hosted visited joined supported launched signed opened measured compared
explained highlighted proposed invited gathered exchanged developed tested published selected welcomed
introduced attended described shared identified promoted strengthened financed coordinated evaluated adapted
translated improved
""".split()  # noqa: SIM905 (words read best)
SMALL = """
the a of in with for and to from by on at between during after within across towards under each its
""".split()  # noqa: SIM905 (words read best)


def title(rng: random.Random) -> str:
    """Return a title of four to seven words."""
    return words(rng, rng.randint(4, 7)).capitalize()


def words(rng: random.Random, count: int) -> str:
    """Return some words."""
    return " ".join(rng.choice(NOUNS if at % 3 else NOUNS + SMALL) for at in range(count))


def sentence(rng: random.Random, least: int = 8, most: int = 22) -> str:
    """Return a sentence, perhaps with emphasis."""
    words = [
        rng.choice(SMALL if kind < 0.38 else VERBS if kind < 0.5 else NOUNS)
        for kind in (rng.random() for _ in range(rng.randint(least, most)))
    ]
    mark = rng.choices(["", "**", "*"], [80, 12, 8])[0]
    place = rng.randrange(1, len(words))
    words[place] = f"{mark}{words[place]}{mark}"
    return words[0].capitalize() + " " + " ".join(words[1:]) + rng.choice("....!?")


def paragraph(rng: random.Random, length: int) -> str:
    """Return sentences with about so many words."""
    sentences: list[str] = []
    while sum(sentence.count(" ") + 1 for sentence in sentences) < length - 6:
        sentences.append(sentence(rng))
    return " ".join(sentences or [sentence(rng)])


def list_or_quote(rng: random.Random, section: int) -> list[str]:
    """Return what often ends a section: a list, or a quotation and steps."""
    if section == 0:
        return ["\n".join(f"- {sentence(rng, 4, 9)}" for _ in range(rng.randint(3, 6)))]
    if section == 1:
        steps = range(1, rng.randint(4, 6))
        return [
            "\n".join(f"> {sentence(rng, 8, 16)}" for _ in range(2)),
            "\n".join(f"{step}. {sentence(rng, 4, 9)}" for step in steps),
        ]
    return []
