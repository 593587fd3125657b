"""One file that is never half written, and never stops the program."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.settings.places import places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.store import (
    LoadedSettings,
    NoticeCode,
    SettingsNotice,
    SettingsStore,
)

_NAMES = [name for group in Settings.group_types().values() for name in group.model_fields]
_LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.just("device")
)
JSON = st.one_of(
    _LEAF,
    st.dictionaries(st.sampled_from(_NAMES), st.one_of(_LEAF, st.lists(_LEAF, max_size=2))),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def test_no_file_means_the_defaults(path: Path) -> None:
    loaded = SettingsStore(path).load()
    assert loaded.settings == Settings()
    assert loaded.notices == ()
    assert not path.exists()


def test_what_was_saved_is_loaded(path: Path) -> None:
    settings = Settings().changed(
        kuaidi100__endpoint="http://127.0.0.1:9/api",
        kuaidi100__package_expires="2027-03-01",
        check__engine="training",
        camera__name="前台摄像头",
    )
    SettingsStore(path).save(settings)
    assert SettingsStore(path).load().settings == settings
    assert "前台摄像头" in path.read_text("utf-8")


def test_only_what_differs_is_written_and_for_this_account_alone(path: Path) -> None:
    SettingsStore(path).save(Settings().changed(general__theme="dark"))
    assert json.loads(path.read_text("utf-8")) == {"general": {"theme": "dark"}}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "nothing", "[" * 100_000, "\x00\xff"])
def test_a_damaged_file_is_put_aside_and_the_defaults_are_used(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    loaded = SettingsStore(path).load()
    assert loaded.settings == Settings()
    assert [n.code for n in loaded.notices] == [NoticeCode.DAMAGED]
    assert path.with_name("settings.damaged-1.json").read_text("utf-8") == text
    assert not path.exists()


def test_one_bad_value_costs_only_itself(path: Path) -> None:
    path.parent.mkdir()
    content = {
        "device": {"threshold": "high", "unsure_band": 4},
        "check": 7,
        "general": {"theme": "dark", "mood": "good"},
        "coffee": {"pin": 1},
    }
    path.write_text(json.dumps(content), "utf-8")
    loaded = SettingsStore(path).load()
    assert loaded.settings.device.unsure_band == 4
    assert loaded.settings.device.threshold == 80.0
    assert loaded.settings.general.theme == "dark"
    assert {(n.code, n.subject) for n in loaded.notices} == {
        (NoticeCode.VALUE_REFUSED, "device.threshold"),
        (NoticeCode.VALUE_REFUSED, "check"),
        (NoticeCode.UNKNOWN_NAME, "general.mood"),
        (NoticeCode.UNKNOWN_NAME, "coffee"),
    }


def test_values_that_do_not_fit_each_other_fall_back_together(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"device": {"threshold": 3, "unsure_band": 5}}), "utf-8")
    loaded = SettingsStore(path).load()
    assert loaded.settings == Settings()
    assert [n.subject for n in loaded.notices] == ["device.unsure_band", "device.threshold"]


def test_a_threshold_below_the_usual_band_costs_nothing_else(path: Path) -> None:
    path.parent.mkdir()
    content = {"kuaidi100": {"threshold": 3, "endpoint": "https://example.org/api"}}
    path.write_text(json.dumps(content), "utf-8")
    loaded = SettingsStore(path).load()
    assert loaded.settings == Settings().changed(kuaidi100__endpoint="https://example.org/api")
    assert [n.subject for n in loaded.notices] == ["kuaidi100.threshold"]


def test_a_file_from_an_editor_that_marks_its_byte_order_is_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'\xef\xbb\xbf{"general": {"theme": "dark"}}')
    assert SettingsStore(path).load() == LoadedSettings(Settings().changed(general__theme="dark"))


def test_names_from_a_file_are_told_short_and_plain(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"\x1b[2J\ud800" + "k" * 300: 1}), "utf-8")
    (notice,) = SettingsStore(path).load().notices
    assert notice.code is NoticeCode.UNKNOWN_NAME
    assert notice.subject == "[2J" + "k" * 77


def test_a_file_far_too_long_is_damaged_and_not_read_on(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"general": {"theme": "dark"}}' + " " * 1_000_001, "utf-8")
    assert [n.code for n in SettingsStore(path).load().notices] == [NoticeCode.DAMAGED]


def test_peeking_leaves_a_damaged_file_where_it_lies(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{", "utf-8")
    store = SettingsStore(path)
    assert store.peek().notices == (SettingsNotice(NoticeCode.DAMAGED, "settings.json"),)
    assert path.read_text("utf-8") == "{"
    assert store.put_aside == ()


def test_several_damaged_files_are_kept_side_by_side(path: Path) -> None:
    path.parent.mkdir()
    store = SettingsStore(path)
    for text in ("{", "["):
        path.write_text(text, "utf-8")
        store.load()
    assert [p.read_text("utf-8") for p in store.put_aside] == ["{", "["]


def test_what_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path)  # a folder where the file should be
    loaded = store.load()
    assert [n.code for n in loaded.notices] == [NoticeCode.UNREADABLE]
    assert loaded.settings == Settings()
    with pytest.raises(SettingsError) as caught:
        store.save(loaded.settings)
    assert (caught.value.fault, caught.value.detail) == (Fault.SETTINGS_NOT_SAVED, "unreadable")


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_another_account_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"general": {"theme": "dark"}}', "utf-8")
    path.chmod(0)
    store = SettingsStore(path)
    with pytest.raises(SettingsError):
        store.save(store.load().settings)
    path.chmod(0o600)
    assert "dark" in path.read_text("utf-8")


def test_a_file_damaged_while_the_program_ran_is_put_aside_on_saving(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{", "utf-8")
    store = SettingsStore(path)
    store.save(Settings().changed(general__theme="dark"))
    assert [p.read_text("utf-8") for p in store.put_aside] == ["{"]
    assert store.load().settings.general.theme == "dark"


def test_saving_keeps_a_link_to_where_the_file_really_lies(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "settings.json"
    link.symlink_to(real)
    SettingsStore(link).save(Settings().changed(general__theme="dark"))
    assert link.is_symlink()
    assert "dark" in real.read_text("utf-8")


def test_a_ring_of_links_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(SettingsError):
        SettingsStore(tmp_path / "a").save(Settings())


@given(content=st.dictionaries(st.sampled_from([*Settings.model_fields, "x"]), JSON, max_size=4))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_the_file_says_the_program_starts(tmp_path: Path, content: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(content), "utf-8")
    loaded = SettingsStore(path).load()
    SettingsStore(path).save(loaded.settings)
    assert SettingsStore(path).load() == LoadedSettings(loaded.settings)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", "utf-8")
    with pytest.raises(SettingsError) as caught:
        SettingsStore(in_the_way / "settings.json").save(Settings())
    assert caught.value.fault is Fault.SETTINGS_NOT_SAVED


def test_one_variable_moves_everything_and_another_the_file_alone(tmp_path: Path) -> None:
    home = {"FACECHECK_HOME": str(tmp_path)}
    moved = places(home)
    for place in (moved.settings_file, moved.call_tally, moved.cache, moved.window_state):
        assert tmp_path in place.parents
    both = places({**home, "FACECHECK_SETTINGS": "/etc/facecheck.json"})
    assert both.settings_file == Path("/etc/facecheck.json")
    assert both.cache == moved.cache
    assert places({}).cache != moved.cache
