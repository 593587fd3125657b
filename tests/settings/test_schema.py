"""Each setting once, typed; what does not fit is refused by name."""

from datetime import date

import pytest
from pydantic import BaseModel

from facecheck_gui.camera.address import Backend
from facecheck_gui.domain.comparison import EngineName, Threshold
from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.endpoint import checked_endpoint, is_loopback, is_plain_http
from facecheck_gui.settings.form import FieldKind, fields, title_keys, word_keys
from facecheck_gui.settings.schema import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kuaidi100.endpoint", "ftp://example.org"),
        ("kuaidi100.endpoint", "https://key:secret@example.org/api"),
        ("kuaidi100.endpoint", "https://example.org/api?key=1"),
        ("kuaidi100.endpoint", "https://example.org/api?"),
        ("kuaidi100.endpoint", "https://example.org/api#here"),
        ("kuaidi100.endpoint", "https://example.org\\@example.com/api"),
        ("kuaidi100.endpoint", "https://example.org\\.example.com/api"),
        ("kuaidi100.endpoint", "https://exam ple.org/api"),
        ("kuaidi100.endpoint", "https://example.org/\u202eipa"),
        ("kuaidi100.endpoint", "https://example.org:0/api"),
        ("kuaidi100.endpoint", "https://example.org:70000/api"),
        ("kuaidi100.endpoint", "https:///api"),
        ("kuaidi100.endpoint", "https://[::1/api"),
        ("kuaidi100.package_expires", "next year"),
        ("kuaidi100.deadline_s", 0),
        ("kuaidi100.deadline_s", float("nan")),
        ("device.threshold", 0),
        ("device.threshold", 100.1),
        ("device.threshold", "high"),
        ("training.outcome", "green please"),
        ("check.engine", "oracle"),
        ("general.language", "de"),
        ("general.mood", "good"),
        ("kiosk.pin", 1),
        ("general", "zh"),
        ("", 1),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().with_values({name: value})
    assert caught.value.fault is Fault.SETTING_REFUSED
    assert caught.value.detail == name


def test_a_band_that_reaches_below_zero_is_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().changed(device__threshold=3, device__unsure_band=5)
    assert caught.value.detail == "device.unsure_band"
    assert Settings().changed(device__threshold=3, device__unsure_band=3).device.unsure_band == 3


def test_a_refusal_says_the_name_and_never_the_value() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().changed(kuaidi100__endpoint="https://key:CANARY@example.org")
    assert "CANARY" not in repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_name_from_outside_is_told_short_and_plain() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().with_values({"general.\x1b[31m\u202e" + "x" * 500: 1})
    assert caught.value.detail.startswith("general.[31mxxx")
    assert len(caught.value.detail) == 80


def test_the_password_of_a_network_camera_shows_in_no_repr() -> None:
    settings = Settings().changed(camera__address="rtsp://admin:CANARY@camera.example/1")
    assert settings.camera.address.endswith("camera.example/1")
    assert "CANARY" not in repr(settings) + str(settings)


def test_changing_makes_another_value_and_leaves_the_first() -> None:
    first = Settings()
    second = first.changed(kuaidi100__threshold=85.5, general__language="zh")
    assert (first.kuaidi100.threshold, second.kuaidi100.threshold) == (80.0, 85.5)
    assert second.value("general.language") == "zh"


def test_no_threshold_carries_over_between_engines() -> None:
    settings = Settings().changed(kuaidi100__threshold=90, device__threshold=70)
    assert settings.threshold(EngineName.DEVICE) == Threshold(70, 5)
    assert settings.threshold(EngineName.KUAIDI100) == Threshold(90, 5)
    assert settings.threshold(EngineName.TRAINING) == Threshold(80, 5)


def test_every_setting_is_in_the_form_or_hidden_on_purpose() -> None:
    shown = {field.name for field in fields()}
    everything = {
        f"{group}.{name}"
        for group, info in Settings.model_fields.items()
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)
        for name in info.annotation.model_fields
    }
    hidden = {f"camera.{n}" for n in ("name", "path", "vendor_id", "product_id", "address")}
    # The station's own page asks for these.
    hidden |= {name for name in everything if name.startswith("kiosk.")}
    assert shown == everything - hidden


def test_the_form_knows_kinds_and_ranges() -> None:
    by_name = {field.name: field for field in fields()}
    threshold = by_name["device.threshold"]
    assert (threshold.kind, threshold.highest, threshold.decimals) == (FieldKind.NUMBER, 100, 2)
    assert by_name["check.engine"].choices == tuple(EngineName)
    assert by_name["general.theme"].choices == ("auto", "light", "dark", "contrast")
    assert by_name["kuaidi100.package_expires"].kind is FieldKind.DATE
    assert by_name["kuaidi100.allow_http"].kind is FieldKind.SWITCH
    assert by_name["kuaidi100.ca_file"].kind is FieldKind.FILE


def test_a_date_may_be_given_or_taken_away() -> None:
    given = Settings().changed(kuaidi100__package_expires=date(2027, 1, 31))
    assert given.kuaidi100.package_expires == date(2027, 1, 31)
    assert given.changed(kuaidi100__package_expires=None).kuaidi100.package_expires is None
    assert given.changed(kuaidi100__package_expires="").kuaidi100.package_expires is None
    assert given.changed(kuaidi100__package_expires="2027-02-01").value(
        "kuaidi100.package_expires"
    ) == date(2027, 2, 1)


def test_every_default_fits_its_own_field() -> None:
    for field in fields():
        assert Settings().with_values({field.name: field.default}) == Settings()


def test_every_bound_the_form_shows_is_accepted() -> None:
    for field in fields():
        if field.kind is FieldKind.NUMBER:
            assert field.lowest < field.highest
            band = field.name.replace("threshold", "unsure_band")
            for bound in (field.lowest, field.highest):
                Settings().with_values({band: 0, field.name: bound})


def test_every_choice_can_be_set_by_its_word() -> None:
    for field in fields():
        for choice in field.choices:
            chosen = Settings().with_values({field.name: field.choice_word(choice)})
            assert chosen.value(field.name) == choice


def test_words_are_wanted_for_every_field_choice_and_group() -> None:
    by_name = {field.name: field for field in fields()}
    assert word_keys(by_name["general.theme"]) == (
        "settings.general.theme.label",
        "settings.general.theme.hint",
        "settings.general.theme.auto",
        "settings.general.theme.light",
        "settings.general.theme.dark",
        "settings.general.theme.contrast",
    )
    assert "settings.check.engine.kuaidi100" in word_keys(by_name["check.engine"])
    groups = [group for group in Settings.model_fields if group != "kiosk"]
    assert title_keys() == tuple(f"settings.{group}.title" for group in groups)


@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_the_form_is_there(language: Language) -> None:
    words = Words(language)
    keys = [key for field in fields() for key in word_keys(field)]
    assert [key for key in (*keys, *title_keys()) if not words.has(key)] == []


def test_the_backends_are_those_that_the_camera_knows() -> None:
    backends = next(field.choices for field in fields() if field.name == "camera.backend")
    assert set(backends) == {backend.value for backend in Backend}


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8000/api", True),
        ("http://localhost/api", True),
        ("http://[::1]:8/api", True),
        ("http://127.0.0.1.example.org/api", False),
        ("http://localhost.example.org/api", False),
        ("http://192.168.1.2/api", False),
        ("http://127.0.0.2/", True),
        ("http://LOCALHOST:80", True),
    ],
)
def test_only_this_machine_is_loopback(url: str, loopback: bool) -> None:
    assert is_loopback(checked_endpoint(url)) is loopback
    assert is_plain_http(url)


def test_what_is_no_address_is_not_loopback_either() -> None:
    assert not is_loopback("http://[::1")
    assert not is_loopback("")
