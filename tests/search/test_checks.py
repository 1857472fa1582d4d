from django.core.management import call_command

from cms.analysis import finnish_analyser
from cms.analysis.voikko import VoikkoMissing
from search.apps import analysers_in_use, finnish_is_analysed_exactly


def test_deployment_is_told_which_analyser_each_language_has():
    [said] = analysers_in_use()
    assert "snowball-swedish" in said.msg
    assert "fi, fi-simple: " in said.msg


def test_a_machine_without_libvoikko_is_warned(monkeypatch, capsys):
    def missing():
        raise VoikkoMissing("no dictionary")

    monkeypatch.setattr("cms.analysis.FinnishVoikko", missing)
    finnish_analyser.cache_clear()
    try:
        [warning] = finnish_is_analysed_exactly()
        assert "voikko-fi" in warning.hint
        call_command("check")
        assert "search.W001" in capsys.readouterr().err
    finally:
        finnish_analyser.cache_clear()


def test_a_machine_with_it_is_not():
    if finnish_analyser().name == "voikko":
        assert finnish_is_analysed_exactly() == []
