"""The dashboard and the dossier of the lived-in example show everything that must be seen first."""

AT = "/programma/wijkaanpak"


def test_the_dashboard_of_a_manager_has_every_part_with_what_was_planted(lived_in, signed_in):
    seen = signed_in(lived_in.person("ellen")).get(f"{AT}/sturing").content.decode()
    assert 'href="/editie/voorbeeld/programma/wijkaanpak/kwadrant"' in seen
    assert 'href="/editie/voorbeeld/programma/wijkaanpak/overzicht"' in seen
    assert f'{AT}/onderdelen/{lived_in.key("schipper-3-portieken")}"' in seen
    assert f'{AT}/toezeggingen/{lived_in.key("kamer-carrousel")}"' in seen
    assert "lijkt op Jeugd vooruit" in seen
    assert f'{AT}/maatregelen/{lived_in.key("tuin-baan")}"' in seen
    assert "laatste gesprek op 28 november 2023" in seen
    assert "€ 15.514.000" in seen
    assert "€ 13.259.800" in seen
    assert "nog niets besloten" in seen


def test_readers_see_what_is_late_and_the_money_but_no_warning_and_no_talk(lived_in, visitor):
    seen = visitor.get(f"{AT}/sturing").content.decode()
    assert lived_in.key("schipper-3-portieken") in seen
    assert "€ 15.514.000" in seen
    assert "lijkt op Jeugd vooruit" not in seen
    assert "laatste gesprek" not in seen


def test_a_dossier_tells_that_a_later_edition_says_something_else_and_what_is_open(lived_in, visitor):
    seen = visitor.get(f"{AT}/wijk/wijkaanpak.9001-03").content.decode()
    assert "Een latere editie zegt iets anders" in seen
    assert "Aanbeveling zonder antwoord" in seen
    assert "Te laat: Woonstede" in seen
    assert "Afspraak, versie 3: Afspraak voor de Schippersbuurt" in seen


def test_the_dossier_of_what_was_released_says_when_it_returns_and_of_what_returned_both_decisions(lived_in, visitor):
    assert "Wanneer de wijk terugkeert" in visitor.get(f"{AT}/wijk/wijkaanpak.9001-62").content.decode()
    back = visitor.get(f"{AT}/wijk/wijkaanpak.9003-28").content.decode()
    assert "Stand nu: terugkeren" in back
    assert "Besloten: afbouwen" in back


def test_the_dossier_of_a_neighbourhood_without_life_is_there(lived_in, visitor):
    seen = visitor.get(f"{AT}/wijk/wijkaanpak.9001-82").content.decode()
    assert "er is nog niets besloten" in seen
    assert 'class="mark' not in seen


def test_the_dashboard_draws_the_quadrant_and_the_rug_once_an_edition(lived_in, visitor, monkeypatch):
    from wijkpeil.web.programmes import glance

    first = visitor.get(f"{AT}/sturing").content.decode()
    assert first.count('id="kwadrant') >= 1
    assert first.count('<tr><th scope="row">') >= 40
    monkeypatch.setattr(glance, "_draw", lambda *_: 1 / 0)
    assert visitor.get(f"{AT}/sturing").status_code == 200
