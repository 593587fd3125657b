"""Every setting, declared once: name, type, range, default, and how a form shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from facecheck_gui.domain.comparison import EngineName, Threshold
from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.guidance import DESK, Distances
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.settings.database_url import checked_database
from facecheck_gui.settings.endpoint import checked_endpoint


@dataclass(frozen=True, slots=True)
class Shown:
    """How a form shows a setting, where its type does not say so already."""

    hidden: bool = False
    advanced: bool = False
    step: float = 1.0
    unit: str = ""
    file: bool = False


_MAX_NAME_CHARS = 80

_Score = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False), Shown(step=0.5)]
_Band = Annotated[float, Field(ge=0, le=50, allow_inf_nan=False), Shown(step=0.5)]
_Hidden = Shown(hidden=True)
_MAX_DAYS = 36_500
_Days = Annotated[int, Field(ge=0, le=_MAX_DAYS)]
_Size = Annotated[int, Field(ge=160, le=4096), Shown(advanced=True, step=16, unit="px")]
# An emptied field of a form, and an empty word on the command line, take the date away.
_Date = Annotated[date | None, BeforeValidator(lambda given: None if given == "" else given)]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    fits_with: ClassVar[dict[str, str]] = {}
    """Settings whose range hangs on another of the same group, and which one that is."""

    words_of: ClassVar[str] = ""
    """Under which name the words of its settings stand, where two groups share them."""


class GeneralSettings(_Group):
    """Language and look."""

    language: Literal["auto", "zh", "en"] = "auto"
    theme: Literal["auto", "light", "dark", "contrast"] = "auto"


class CheckSettings(_Group):
    """What a check is, as the window starts with it."""

    engine: EngineName = EngineName.DEVICE
    probe_kind: FaceType = FaceType.LIVE
    reference_kind: FaceType = FaceType.LIVE
    liveness: LivenessLevel = LivenessLevel.NONE
    reference_liveness: Annotated[LivenessLevel, Shown(advanced=True)] = LivenessLevel.NONE


class _Scale(_Group):
    threshold: _Score = 80.0
    unsure_band: _Band = 5.0

    fits_with = {"unsure_band": "threshold"}

    @field_validator("unsure_band")
    @classmethod
    def _band_ends_above_zero(cls, band: float, info: ValidationInfo) -> float:
        if band > info.data.get("threshold", band):
            raise ValueError("the unsure band reaches below 0")
        return band

    @property
    def decision(self) -> Threshold:
        """Where this engine's decision turns."""
        return Threshold(self.threshold, self.unsure_band)


class DeviceSettings(_Scale):
    """The engine on this device."""


class CloudSettings(_Scale):
    """kuaidi100's cloud, or any service that speaks its dialect. Key and secret are elsewhere."""

    endpoint: Annotated[str, AfterValidator(checked_endpoint)] = "https://cloud.kuaidi100.com/api"
    allow_http: bool = False
    package_calls: Annotated[int, Field(ge=0, le=100_000_000), Shown(step=50)] = 0
    """How many calls were bought; 0 means that nobody told, so that none can be said to be left."""
    package_expires: _Date = None
    deadline_s: Annotated[float, Field(ge=1, le=60, allow_inf_nan=False), Shown(unit="s")] = 10.0
    connect_timeout_s: Annotated[
        float, Field(ge=0.5, le=30, allow_inf_nan=False), Shown(advanced=True, unit="s")
    ] = 5.0
    calls_per_second: Annotated[
        float, Field(ge=0.1, le=100, allow_inf_nan=False), Shown(advanced=True, step=0.5)
    ] = 2.0
    leave_addresses: Annotated[bool, Shown(advanced=True)] = True
    reuse_tokens: Annotated[bool, Shown(advanced=True)] = False
    use_system_proxy: Annotated[bool, Shown(advanced=True)] = False
    ca_file: Annotated[str, Shown(advanced=True, file=True)] = ""


class TrainingSettings(_Scale):
    """The simulator that staff train with."""

    outcome: Annotated[
        str,
        Field(
            pattern=r"^(by_turns|match|unsure|non_match|not_checked|attack_suspected|[0-9]{1,6})$"
        ),
    ] = "by_turns"
    delay_s: Annotated[
        float, Field(ge=0, le=60, allow_inf_nan=False), Shown(step=0.1, unit="s")
    ] = 0.6


class CameraSettings(_Group):
    """The remembered camera, by its path and ids, never by its number."""

    name: Annotated[str, _Hidden] = ""
    path: Annotated[str, _Hidden] = ""
    vendor_id: Annotated[int | None, _Hidden] = None
    product_id: Annotated[int | None, _Hidden] = None
    # A network camera's address may hold its password.
    address: Annotated[str, _Hidden] = Field(default="", repr=False)
    width_px: _Size = 1280
    height_px: _Size = 720
    backend: Annotated[Literal["auto", "msmf", "dshow"], Shown(advanced=True)] = "auto"


class GuidanceSettings(_Group):
    """What the person in front of the camera is asked: how near to come, at this station."""

    # The two ranges leave a gap, so that no choice of one forbids a choice of the other.
    closest: Annotated[
        float, Field(ge=0.35, le=0.9, allow_inf_nan=False), Shown(advanced=True, step=0.01)
    ] = DESK.closest
    farthest: Annotated[
        float, Field(ge=0.05, le=0.3, allow_inf_nan=False), Shown(advanced=True, step=0.01)
    ] = DESK.farthest

    @property
    def distances(self) -> Distances:
        """The same as a value."""
        return Distances(self.closest, self.farthest)


_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), Shown(advanced=True, step=0.05)]
_Pixels = Annotated[
    float, Field(ge=0, le=400, allow_inf_nan=False), Shown(advanced=True, step=5, unit="px")
]
_Degrees = Annotated[float, Field(ge=0, le=90, allow_inf_nan=False), Shown(advanced=True)]
_Times = Annotated[float, Field(ge=0, le=5, allow_inf_nan=False), Shown(advanced=True, step=0.1)]
_Bits = Annotated[float, Field(ge=0, le=8, allow_inf_nan=False), Shown(advanced=True, step=0.1)]


class LiveQualitySettings(_Group):
    """What a live picture must hold to be compared. Units are those of ``Measure``."""

    words_of = "quality"

    most_second_face: _Share = 0.25
    least_eye_distance_px: _Pixels = 60.0
    most_yaw_deg: _Degrees = 20.0
    most_pitch_deg: _Degrees = 20.0
    most_roll_deg: _Degrees = 20.0
    least_head_size: _Share = 0.15
    most_head_size: _Share = 0.60
    least_margin_side: _Times = 0.8
    least_margin_above: _Times = 1.0
    least_margin_below: _Times = 1.0
    least_sharpness: _Share = 0.35
    least_evenness: _Share = 0.15
    most_over_exposed: _Share = 0.03
    most_under_exposed: _Share = 0.60
    # Well-lit dark skin has a luminance of 0.1.
    least_luminance: _Share = 0.05
    most_luminance: _Share = 0.85
    least_dynamic_range_bits: _Bits = 5.5
    most_eyes_covered: _Share = 0.15
    most_mouth_covered: _Share = 0.25


class ReferenceQualitySettings(LiveQualitySettings):
    """What a reference photo should hold."""

    most_second_face: _Share = 0.05
    least_eye_distance_px: _Pixels = 90.0
    most_yaw_deg: _Degrees = 10.0
    most_pitch_deg: _Degrees = 10.0
    most_roll_deg: _Degrees = 8.0
    least_head_size: _Share = 0.30
    least_margin_side: _Times = 1.0
    least_margin_below: _Times = 1.3
    least_margin_above: _Times = 1.0
    least_sharpness: _Share = 0.50
    least_evenness: _Share = 0.30
    most_over_exposed: _Share = 0.01
    most_under_exposed: _Share = 0.40
    least_luminance: _Share = 0.08
    most_luminance: _Share = 0.80
    least_dynamic_range_bits: _Bits = 6.0


class CaptureSettings(_Group):
    """Whether the picture takes itself, and when."""

    automatic: bool = False
    hold_s: Annotated[
        float, Field(ge=0.2, le=5, allow_inf_nan=False), Shown(step=0.1, unit="s")
    ] = 0.5
    frames: Annotated[int, Field(ge=1, le=10), Shown(advanced=True)] = 5
    """How many a burst has; the best of them are compared."""


class RecordsSettings(_Group):
    """What is remembered, where, and under whose name."""

    operator: Annotated[str, Field(max_length=_MAX_NAME_CHARS)] = ""
    """Who checks; "" stands for the account that runs the program."""
    station: Annotated[str, Field(max_length=_MAX_NAME_CHARS)] = ""
    """What this station is called; "" stands for the machine's name."""
    keep_pictures: bool = False
    """Of check-ins, and only of people who agreed to it."""
    keep_references_days: _Days = 365
    """0 stands for ever; so it does for the next three."""
    keep_pictures_days: Annotated[int, Field(ge=0, le=_MAX_DAYS), Shown(advanced=True)] = 30
    keep_consents_days: Annotated[int, Field(ge=0, le=_MAX_DAYS), Shown(advanced=True)] = 1095
    keep_audit_days: _Days = 1095
    database: Annotated[str, AfterValidator(checked_database), Shown(advanced=True)] = ""


class BadgeSettings(_Group):
    """Which badges are taken, and from where."""

    from_camera: bool = True
    """Look for a badge in the live picture."""
    plain_codes: bool = True
    """Take a code that is nothing but an id, as other badges have."""
    signed: bool = False
    """Take and print signed badges only."""


class KioskSettings(_Group):
    """How the check-in station is set up. Times and tries are the program's own."""

    operator: Annotated[str, Field(max_length=_MAX_NAME_CHARS), _Hidden] = ""
    """Who runs it, as the notice says."""
    contact: Annotated[str, Field(max_length=_MAX_NAME_CHARS), _Hidden] = ""
    """Whom to ask about what is kept."""
    keypad: Annotated[bool, _Hidden] = True
    """A number may be typed."""
    search: Annotated[bool, _Hidden] = False
    """A name may be typed: whoever stands there can see who is on the roster."""
    liveness: Annotated[LivenessLevel, _Hidden] = LivenessLevel.NORMAL
    again_min: Annotated[int, Field(ge=0, le=1440), _Hidden] = 30
    """Who comes again within this is told so."""


class Settings(_Group):
    """All settings. A value: ``changed`` gives another one."""

    general: GeneralSettings = GeneralSettings()
    check: CheckSettings = CheckSettings()
    device: DeviceSettings = DeviceSettings()
    kuaidi100: CloudSettings = CloudSettings()
    training: TrainingSettings = TrainingSettings()
    camera: CameraSettings = CameraSettings()
    guidance: GuidanceSettings = GuidanceSettings()
    capture: CaptureSettings = CaptureSettings()
    live_quality: LiveQualitySettings = LiveQualitySettings()
    reference_quality: ReferenceQualitySettings = ReferenceQualitySettings()
    records: RecordsSettings = RecordsSettings()
    badges: BadgeSettings = BadgeSettings()
    kiosk: KioskSettings = KioskSettings()

    def value(self, name: str) -> Any:
        """The setting called ``name``, such as ``kuaidi100.endpoint``."""
        group, _, field = name.partition(".")
        return getattr(getattr(self, group), field)

    def changed(self, **values: object) -> "Settings":
        """These settings with others, under names such as ``kuaidi100__endpoint``.

        Raises SettingsError whose detail is the dotted name of the first that does not fit.
        """
        return self.with_values({name.replace("__", "."): v for name, v in values.items()})

    def with_values(self, values: dict[str, object]) -> "Settings":
        """The same with dotted names. A name that no setting has is refused too."""
        content = self.model_dump()
        for name, value in values.items():
            group, _, field = name.partition(".")
            if field not in content.get(group, {}):
                raise SettingsError(Fault.SETTING_REFUSED, detail=plain_name(name))
            content[group][field] = value
        try:
            return Settings.model_validate(content)
        except ValidationError as error:
            name = ".".join(str(part) for part in refused(error)[0])
            raise SettingsError(Fault.SETTING_REFUSED, detail=name) from None

    @classmethod
    def group_types(cls) -> dict[str, type[_Group]]:
        """The groups by their names, in the order of the form."""
        return {
            name: cast(type[_Group], info.annotation) for name, info in cls.model_fields.items()
        }

    def threshold(self, engine: EngineName) -> Threshold:
        """The threshold that belongs to ``engine``; none carries over from another."""
        scales: dict[EngineName, _Scale] = {
            EngineName.DEVICE: self.device,
            EngineName.KUAIDI100: self.kuaidi100,
            EngineName.TRAINING: self.training,
        }
        return scales[engine].decision


def refused(error: ValidationError) -> list[tuple[str, ...]]:
    """Group and field of each value that does not fit, or the group alone. Never the values."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return [tuple(str(part) for part in detail["loc"][:2]) for detail in details]


def plain_name(name: str) -> str:
    """A name that came from outside: fit to be shown, and short."""
    return "".join(c for c in name if c.isprintable())[:_MAX_NAME_CHARS]
