"""Pagefind's service, asked for real: whatever the run, equal records give equal files."""

import gzip
import json
import subprocess

import cbor2
import pytest
from pagefind_bin import get_executable

from clusterpress.search import Record, ServiceError, read_answers, read_files, requests, settle

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


def index(lang="en", *, first=True):
    command = [str(get_executable()), "--service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        service.stdin.writelines(requests(RECORDS, lang))
        service.stdin.flush()
        for answer in read_answers(iter(lambda: service.stdout.read1(1000), b"")):
            if "files" in answer:
                service.kill()
                return {file.path: file.content for file in settle(read_files(answer), lang, first=first)}
    raise AssertionError


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


def test_only_the_first_shard_carries_the_program_and_none_pagefinds_own_pages():
    first, other = index(), index(first=False)
    assert first.keys() - other.keys() == {"pagefind.js", "wasm.en.pagefind"}
    assert not [path for path in first if "ui" in path or "worker" in path]


@pytest.mark.parametrize(("lang", "program"), [("ar", "wasm.ar.pagefind"), ("sk", "wasm.unknown.pagefind")])
def test_a_language_without_word_stems_is_searched_by_whole_words(lang, program):
    assert program in index(lang)


def test_a_refusal_is_an_error():
    import base64

    refusal = base64.b64encode(
        json.dumps({"message_id": 1, "payload": {"type": "Error", "message": "no"}}).encode()
    )
    with pytest.raises(ServiceError, match="no"):
        list(read_answers([refusal[:9], refusal[9:] + b","]))
