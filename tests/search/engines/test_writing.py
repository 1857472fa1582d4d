"""What every engine does with documents that come, change and go."""

from datetime import timedelta

import pytest

from .documents import TODAY, document, find


def test_words_leave_with_the_last_document_that_has_them(empty):
    def known(word):
        empty.refresh()
        return word in empty.similar("fi", [word[:-1]])[word[:-1]]

    empty.index([document("a", "Vorokkila"), document("b", "Vorokkila ja Tuumala")])
    empty.index([document("b", "Toinen")])
    assert known("vorokkila")
    assert not known("tuumala")
    empty.delete(["a"])
    assert not known("vorokkila")
    empty.index([document("c", "Kurrela")])
    empty.rebuild([document("c", "Porrela")])
    assert not known("kurrela")
    assert known("porrela")


def test_a_word_of_two_days_lasts_until_the_later(empty):
    days = [TODAY, TODAY + timedelta(days=1), None]
    for number, day in enumerate(days):
        empty.index([document(f"d{number}", "Vorokkila", public_until=day)])
    for gone, last in ([2], days[1]), ([1], days[0]):
        empty.delete([f"d{number}" for number in gone])
        empty.refresh()
        assert empty.similar("fi", ["vorokkil"], last)["vorokkil"] == ["vorokkila"]
        assert not empty.similar("fi", ["vorokkil"], last + timedelta(days=1))["vorokkil"]


def test_index_replaces_and_delete_drops(empty):
    empty.index([document("a", "Vanha otsikko"), document("b", "Toinen")])
    empty.index([document("a", "Uusi nimi")])
    empty.refresh()
    assert find(empty, "vanha") == []
    assert find(empty, "uusi") == ["a"]
    empty.delete(["b", "unknown"])
    empty.refresh()
    assert find(empty, "") == ["a"]
    empty.clear()
    empty.refresh()
    assert find(empty, "") == []


def test_rebuild_keeps_the_new_documents_and_no_others(empty):
    empty.index([document("a", "Eka"), document("b", "Toka")])
    empty.refresh()
    kept = [document("b", "Toka uudestaan"), document("c", "Kolmas", locale="sv")]
    assert empty.rebuild(iter(kept)) == 2
    assert find(empty, "") == ["b"]
    assert find(empty, "", "sv") == ["c"]
    assert dict(empty.ids()) == {each.id: each.fingerprint for each in kept}
    assert empty.rebuild([]) == 0
    assert dict(empty.ids()) == {}


def test_a_rebuild_that_fails_leaves_the_documents_that_are_there(empty):
    empty.index([document("a", "Eka")])
    empty.refresh()

    def breaking():
        yield document("b", "Toka")
        raise RuntimeError("a record that cannot be read")

    with pytest.raises(RuntimeError):
        empty.rebuild(breaking())
    empty.refresh()
    assert "a" in find(empty, "")


def test_create_twice_and_index_after_drop(empty):
    empty.create()
    empty.drop()
    empty.create()
    empty.index([document("a", "Eka")])
    empty.refresh()
    assert find(empty, "eka") == ["a"]


def test_odd_documents_are_indexed(empty):
    odd = [
        document("long", "x" * 5000, "sana " * 120_000, names=["n" * 3000], codes=["c" * 500]),
        document("null", "a\x00b \ud800 <b>&", "\x00", lead="\udfff", codes=["\x00", "a\x00"]),
        document("blank", "", "", codes=["", " "], names=[""]),
        document("signs", "'\"\\ : & | ! ( ) * ~", "C:\\polku 'lainaus' O'Brien b:c d'e"),
    ]
    assert empty.index(odd) == 4
    empty.refresh()
    assert set(find(empty, "")) == {"long", "null", "blank", "signs"}
    assert find(empty, "sanat") == ["long"]
    assert find(empty, "o'brien") == ["signs"]
    assert dict(empty.ids()) == {each.id: each.fingerprint for each in odd}
