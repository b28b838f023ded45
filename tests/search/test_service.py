"""Pagefind's service, asked for real: whatever the run, equal records give equal files."""

import gzip
import json
import subprocess

import cbor2
import pytest
from msgspec.structs import replace
from pagefind_bin import get_executable

from clusterpress.search.merge import fragments, merge, width_of
from clusterpress.search.parts import read_part
from clusterpress.search.records import Record, ServiceError, read_answers, read_files, requests

RECORDS = [
    Record(
        url=f"/news/{number}/",
        content=f"Text number {number} about <b>networks</b> & olives",
        meta={"title": f"Item {number}"},
        filters={
            "kind": ("news",),
            "year": (str(2000 + number % 7),),
            "programme": (f"p{number % 5}", "all"),
        },
    )
    for number in range(40)
]


ACCENTS = [
    "Café culture in a café",
    "cafe and Cafés",
    "Žilina, Zilina and žilina",
    "No coffee here",
    "Straße, strasse, naïve",
    "café, عربي",
]


def ask(records, lang="en"):
    """Return path → content of the files that Pagefind makes."""
    command = [str(get_executable()), "--service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        service.stdin.writelines(requests(records, lang))
        service.stdin.flush()
        for answer in read_answers(iter(lambda: service.stdout.read1(1000), b"")):
            if "files" in answer:
                service.kill()
                return read_files(answer)
    raise AssertionError


def index(*blocks, lang="en"):
    """Return path → content of the files of an index, merged from those of some blocks of records."""
    read = [read_part(ask(records, lang), lang) for records in blocks or [RECORDS]]
    parts = [part for part, _ in read]
    contents = {digest: content for _, found in read for digest, content in found.items()}
    files = {file.path: file.content() for file in merge(parts, lang)}
    kept = [pair for part in parts for pair in fragments(part, lang, width_of(parts))]
    return files | {path: contents[digest] for path, digest in [*kept, *parts[0].program]}


def describe(files):
    """Return what Pagefind's client reads of an index: pages, words, filters, fields."""
    language = json.loads(files["pagefind-entry.json"])["languages"]["en"]
    _, pages, chunks, filters, _, fields = unpack(files[f"pagefind.{language['hash']}.pf_meta"])
    assert language["page_count"] == len(pages)
    told = [(files[f"fragment/{name}.pf_fragment"], words) for name, words in pages]
    words = []
    for first, last, name in chunks:
        (held,) = unpack(files[f"index/{name}.pf_index"])
        assert (held[0][0], held[-1][0]) == (first, last)
        words += held
    narrowed = {name: dict(unpack(files[f"filter/{file}.pf_filter"])[1]) for name, file in filters}
    return told, words, narrowed, fields


def unpack(content):
    return cbor2.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))


def test_equal_records_give_equal_files():
    assert index() == index()


def test_names_lead_from_the_entry_to_every_file():
    files = index()
    language = json.loads(files["pagefind-entry.json"])["languages"]["en"]
    meta = unpack(files[f"pagefind.{language['hash']}.pf_meta"])
    assert language["page_count"] == len(meta[1]) == len(RECORDS)
    assert {f"fragment/{name}.pf_fragment" for name, _ in meta[1]} <= files.keys()
    assert {f"index/{row[2]}.pf_index" for row in meta[2]} <= files.keys()
    filters = {name: unpack(files[f"filter/{file}.pf_filter"]) for name, file in meta[3]}
    assert list(filters) == ["kind", "programme", "year"]
    assert [value for value, _ in filters["programme"][1]] == ["all", "p0", "p1", "p2", "p3", "p4"]
    assert dict(filters["programme"][1])["p3"] == [3, 8, 13, 18, 23, 28, 33, 38]


@pytest.mark.parametrize("size", [1, 7, 39])
def test_blocks_are_merged_to_the_index_that_pagefind_makes_of_all_at_once(size):
    blocks = [RECORDS[at : at + size] for at in range(0, len(RECORDS), size)]
    assert describe(index(*blocks)) == describe(ask(RECORDS))


def test_spellings_with_accents_are_merged_too():
    records = [
        Record(url=f"/{at}/", content=text, meta={"title": ""}, filters={}) for at, text in enumerate(ACCENTS)
    ]
    for partition in range(1, len(records)):
        assert describe(index(records[:partition], records[partition:])) == describe(ask(records))


def test_many_words_are_spread_over_files_that_end_at_the_same_words_after_an_edit():
    texts = [" ".join(f"w{(at * 37 + n) % 9973}" for n in range(400)) for at in range(30)]

    def chunks(texts):
        records = [
            Record(url=f"/{at}/", content=text, meta={"title": ""}, filters={})
            for at, text in enumerate(texts)
        ]
        return {path for path in index(records) if path.startswith("index/")}

    before, after = chunks(texts), chunks([texts[0] + " added", *texts[1:]])
    assert len(before) > 3
    assert len(after - before) == 1


def test_the_program_comes_with_an_index_and_pagefinds_own_pages_do_not():
    files = index()
    assert {"pagefind.js", "wasm.en.pagefind"} <= files.keys()
    assert not [path for path in files if "ui" in path or "worker" in path]


@pytest.mark.parametrize(("lang", "program"), [("ar", "wasm.ar.pagefind"), ("sk", "wasm.unknown.pagefind")])
def test_a_language_without_word_stems_is_searched_by_whole_words(lang, program):
    assert program in index(lang=lang)


def test_a_refusal_is_an_error():
    import base64

    refusal = base64.b64encode(
        json.dumps({"message_id": 1, "payload": {"type": "Error", "message": "no"}}).encode()
    )
    with pytest.raises(ServiceError, match="no"):
        list(read_answers([refusal[:9], refusal[9:] + b","]))


def test_pages_have_names_of_their_own_however_alike_their_digests():
    part, _ = read_part(ask(RECORDS[:3]), "en")
    assert width_of([part]) == 7
    alike = replace(part, pages=((b"abcd\0", 1), (b"abcd\1", 1), (b"abce\0", 1)))
    assert width_of([alike]) == 10
    names = [path for path, _ in fragments(alike, "en", 10)]
    assert len(set(names)) == len(names)
