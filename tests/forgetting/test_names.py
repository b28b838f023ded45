"""In which forms a name is found, and what is none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.forgetting.names import NamePattern, ShortNameError, fold
from clusterpress.values.slugs import full_slug


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Serena Mingolla", "by SERENA MINGOLLA."),
        ("Serena Mingolla", "Mingolla, Serena"),
        ("Serena Mingolla", "N:Mingolla;Serena;;;"),
        ("Serena Mingolla", "/authors/serena-mingolla/"),
        ("Serena Mingolla", "serena.mingolla@example.eu"),
        ("Serena Mingolla", "@SerenaMingolla"),
        ("Serena Mingolla", "serena_mingolla.jpg"),
        ("Serena Mingolla", "Serena\n  Mingolla"),
        ("Serena Mingolla", "Serena\u00a0Mingolla"),
        ("Serena Mingolla", "Serena **Mingolla**"),
        ("Serena Mingolla", '<span class="a">Serena</span>\n <b id="x">Mingolla</b>'),
        ("Serena Mingolla", "Sere\u00adna Min\u200bgolla"),
        ("serena-mingolla", "Serena Mingolla"),
        ("Mingolla, Serena", "Serena Mingolla"),
        ("María José Núñez", "MARIA JOSE NUNEZ"),
        ("María José Núñez", "Núñez, María José"),
        ("Maria Jose Nunez", "Mari\u0301a Jose\u0301 Nu\u0301n\u0303ez"),
        ("Jörg Müller", "joerg-mueller"),
        ("Joerg Mueller", "Jörg Müller"),
        ("Søren Ågård", "soren-agard"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Straße Weiß", "strasse-weiss"),
        ("Ｓｅｒｅｎａ Mingolla", "Serena Mingolla"),
        ("Jean-Luc O’Brien", "jean luc o'brien"),
        ("أحمد علي", "كتبه أحمد علي اليوم"),
        ("أحمد علي", full_slug("أحمد علي")),
        ("Αλέξης Ζορμπάς", "ΑΛΈΞΗΣ ΖΟΡΜΠΆΣ"),
        ("Иван Петров", "Петров Иван"),
        ("Plato", "as plato wrote"),
        ("a.b@example.eu", "mail: A.B@example.eu"),
    ],
)
def test_a_name_is_found(name, text):
    assert NamePattern([name]).is_in(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Serena Mingolla", "Serena and the Mingolla family"),
        ("Serena Mingolla", "S. Mingolla"),
        ("Serena Mingolla", "Serena"),
        ("Ann", "Annual planning, Joann"),
        ("Ann Lee", "Joann Leeds"),
        ("Noel Star", "Nol Star"),
        ("one two three four five six", "six one two three four five"),
    ],
)
def test_what_is_no_form_of_it_is_not(name, text):
    assert not NamePattern([name]).is_in(text)


def test_lines_are_those_of_the_text_and_each_is_named_once():
    text = "one\nSerena Mingolla, serena mingolla\nthree\nMingolla\nSerena\n"
    found = list(NamePattern(["Serena Mingolla"]).lines(text))
    assert [line for line, _ in found] == [2, 4]
    assert found[0][1] == "serena mingolla, serena mingolla"


def test_letters_are_found_in_a_text_whose_spaces_are_lost():
    pattern = NamePattern(["Serena Mingolla"])
    assert pattern.is_squeezed_in("ofSerena Min-\ngollaand")
    assert not NamePattern(["Ann Li"]).is_squeezed_in("plannli")


@pytest.mark.parametrize("name", ["", " ", "-", "a", "!!"])
def test_a_name_needs_two_letters(name):
    with pytest.raises(ShortNameError):
        NamePattern([name])


@given(st.text())
def test_lines_stay_what_they_are(text):
    assert fold(text).count("\n") == text.count("\n")


@given(st.text(st.characters(categories=["L"]), min_size=2, max_size=12), st.text(max_size=40))
def test_a_name_of_any_script_is_found_in_any_case(name, around):
    if len(fold(name)) < 2:
        return
    pattern = NamePattern([name])
    assert pattern.is_in(f"{around} | {name} | {around}")


def test_hostile_texts_take_no_time():
    pattern = NamePattern(["Serena Maria Mingolla"])
    for text in ("serena<" * 200_000, "serena " * 200_000, "<" * 1_000_000, "serena" + "<>" * 500_000):
        assert not pattern.is_in(text)
