"""Every setting, declared once: name, type, range, default, and how a form shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from facecheck_gui.domain.comparison import EngineName, Threshold
from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.settings.endpoint import checked_endpoint


@dataclass(frozen=True, slots=True)
class Shown:
    """How a form shows a setting, where its type does not say so already."""

    hidden: bool = False
    advanced: bool = False
    step: float = 1.0
    unit: str = ""
    file: bool = False


_Score = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False), Shown(step=0.5)]
_Band = Annotated[float, Field(ge=0, le=50, allow_inf_nan=False), Shown(step=0.5)]
_Hidden = Shown(hidden=True)
_Size = Annotated[int, Field(ge=160, le=4096), Shown(advanced=True, step=16, unit="px")]


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)


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

    @model_validator(mode="after")
    def _band_ends_above_zero(self) -> "_Scale":
        if self.unsure_band > self.threshold:
            raise ValueError("the unsure band reaches below 0")
        return self

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
    package_expires: date | None = None
    deadline_s: Annotated[float, Field(ge=1, le=60, allow_inf_nan=False), Shown(unit="s")] = 10.0
    connect_timeout_s: Annotated[
        float, Field(ge=0.5, le=30, allow_inf_nan=False), Shown(advanced=True, unit="s")
    ] = 5.0
    calls_per_second: Annotated[
        float, Field(ge=0.1, le=100, allow_inf_nan=False), Shown(advanced=True, step=0.5)
    ] = 2.0
    send_addresses: Annotated[bool, Shown(advanced=True)] = True
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
    address: Annotated[str, _Hidden] = ""
    width_px: _Size = 1280
    height_px: _Size = 720
    backend: Annotated[Literal["auto", "msmf", "dshow"], Shown(advanced=True)] = "auto"


class Settings(_Group):
    """All settings. A value: ``changed`` gives another one."""

    general: GeneralSettings = GeneralSettings()
    check: CheckSettings = CheckSettings()
    device: DeviceSettings = DeviceSettings()
    kuaidi100: CloudSettings = CloudSettings()
    training: TrainingSettings = TrainingSettings()
    camera: CameraSettings = CameraSettings()

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
        """The same with dotted names."""
        content = self.model_dump()
        for name, value in values.items():
            group, _, field = name.partition(".")
            content[group][field] = value
        try:
            return Settings.model_validate(content)
        except ValidationError as error:
            name = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise SettingsError(Fault.SETTING_REFUSED, detail=name) from None

    def threshold(self, engine: EngineName) -> Threshold:
        """The threshold that belongs to ``engine``; none carries over from another."""
        scales: dict[EngineName, _Scale] = {
            EngineName.DEVICE: self.device,
            EngineName.KUAIDI100: self.kuaidi100,
            EngineName.TRAINING: self.training,
        }
        return scales[engine].decision
