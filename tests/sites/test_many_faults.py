"""A thousand faults of every kind are told about as fast as a thousand files are read."""

import time

import pytest

from tests.sites.small_site import Site

pytestmark = pytest.mark.slow

FAULTY = """---
title: Report of meeting number {at}
date: 2019-{month:02}-{day:02}
updated: 2018-01-01
keywrd{at}: x
cluster: Clustr number {at}
event: Evnt number {at}
tags: [subject number {at}, subjekt, common]
---
See [the report](report-of-meeting-{at}x.md), [a page](/nowhere/{at}/) and [below](#nothng{at}).

![p](missing-{at}.png)

On Monday, {day} May 2019 we met.
"""
TWIN = "---\ntitle: Twin {at}\ndate: 2019-01-01\nslug: twin-{at}\nid: same-{half}\n---\nText.\n"
VERSION = "---\ntitle: Un {at}\ndate: 2019-01-01\nlang: fr\ntranslation_of: twn-{at}\n---\nTexte.\n"
KINDS = (
    "is not a key of", "was updated before", "no cluster is called", "no event is called", "but there is no",
    "no such page", "nothing in this text", "is not there", "was a ", "several sources claim", "has the same title",
    "feeds would call", "translation_of names no",
)  # fmt: skip


def test_a_thousand_items_with_every_kind_of_fault_are_checked_in_seconds(tmp_path):
    number = 1000
    files = {}
    for at in range(number):
        fields = {"at": at, "half": at // 2, "day": at % 28 + 1, "month": at % 12 + 1}
        files[f"content/news/meeting-report-{at}.md"] = FAULTY.format(**fields)
        files[f"content/news/twin-{at}.md"] = TWIN.format(**fields)
        files[f"content/news/other/twin-{at}.md"] = TWIN.format(**fields)
        files[f"content/news/un-{at}.md"] = VERSION.format(**fields)
    site = Site(tmp_path, files)
    site.write("site_config.yml", "name: S\nurl: https://example.eu/\nlanguages: [en, fr]\nsearch: false\n")
    began = time.process_time()
    told = site.check()
    assert time.process_time() - began < 40  # to compare each name with each takes many minutes
    for words in KINDS:
        assert sum(words in line for line in told) >= number // 2, words
