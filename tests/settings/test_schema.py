"""Each setting once, typed; what does not fit is refused by name."""

from datetime import date

import pytest
from pydantic import BaseModel

from facecheck_gui.domain.comparison import EngineName, Threshold
from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.settings.endpoint import checked_endpoint, is_loopback, is_plain_http
from facecheck_gui.settings.form import FieldKind, fields
from facecheck_gui.settings.schema import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kuaidi100.endpoint", "ftp://example.org"),
        ("kuaidi100.endpoint", "https://key:secret@example.org/api"),
        ("kuaidi100.endpoint", "https://example.org/api?key=1"),
        ("kuaidi100.deadline_s", 0),
        ("kuaidi100.deadline_s", float("nan")),
        ("device.threshold", 0),
        ("device.threshold", 100.1),
        ("device.threshold", "high"),
        ("training.outcome", "green please"),
        ("check.engine", "oracle"),
        ("general.language", "de"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().with_values({name: value})
    assert caught.value.fault is Fault.SETTING_REFUSED
    assert caught.value.detail == name


def test_a_band_that_reaches_below_zero_is_refused() -> None:
    with pytest.raises(SettingsError):
        Settings().changed(device__threshold=3, device__unsure_band=5)


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
    assert shown == everything - hidden


def test_the_form_knows_kinds_and_ranges() -> None:
    by_name = {field.name: field for field in fields()}
    threshold = by_name["device.threshold"]
    assert (threshold.kind, threshold.highest, threshold.decimals) == (FieldKind.NUMBER, 100, 1)
    assert by_name["check.engine"].choices == tuple(EngineName)
    assert by_name["general.theme"].choices == ("auto", "light", "dark", "contrast")
    assert by_name["kuaidi100.package_expires"].kind is FieldKind.DATE
    assert by_name["kuaidi100.allow_http"].kind is FieldKind.SWITCH
    assert by_name["kuaidi100.ca_file"].kind is FieldKind.FILE


def test_a_date_may_be_given_or_taken_away() -> None:
    given = Settings().changed(kuaidi100__package_expires=date(2027, 1, 31))
    assert given.kuaidi100.package_expires == date(2027, 1, 31)
    assert given.changed(kuaidi100__package_expires=None).kuaidi100.package_expires is None


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8000/api", True),
        ("http://localhost/api", True),
        ("http://[::1]:8/api", True),
        ("http://127.0.0.1.example.org/api", False),
        ("http://localhost.example.org/api", False),
        ("http://192.168.1.2/api", False),
    ],
)
def test_only_this_machine_is_loopback(url: str, loopback: bool) -> None:
    assert is_loopback(checked_endpoint(url)) is loopback
    assert is_plain_http(url)
