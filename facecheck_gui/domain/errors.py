"""Every error that people can meet.

    FaceCheckError          something stops a check; has a fault, a picture and details for staff
    ├── PictureError        bytes, a file or an address that cannot become a picture
    ├── CameraError         no frame to be had
    ├── EngineError         an engine inside the program cannot work, or cannot use a picture
    ├── CloudError          the cloud refused, could not be reached or answered oddly
    │   └── NotSentError    … before anything was sent, so that nothing was billed
    ├── SettingsError       settings or secrets cannot be read or written
    ├── RecordsError        what must be remembered cannot be kept, or not be read
    ├── ExportTrouble       a file that people want to take along cannot be written
    ├── ImportTrouble       a list of people, or the photos that came with it, cannot be used
    ├── BadgeError          a badge that cannot be read or trusted
    └── Cancelled           a person (or the program's end) stopped the check
        └── CancelledUnsent … before anything was sent

An error carries a ``Fault`` and no words for people: those are made in ``messages``. What is not
in this tree is a bug and goes to the crash hook, never to a visitor.
"""

from enum import Enum


class WhichPicture(Enum):
    """The picture an error or finding is about."""

    PROBE = "probe"
    REFERENCE = "reference"
    UNKNOWN = "unknown"
    """One of the two; the engine does not say which."""
    NEITHER = "neither"
    """Not about a picture."""


class ErrorClass(Enum):
    """Who can mend it, and how."""

    RETRY = "retry"
    """Busy or unreachable: try again."""
    THROTTLE = "throttle"
    """Too many calls at once: wait about a second."""
    QUOTA = "quota"
    """Calls are used up: stop and tell staff."""
    CONFIG = "config"
    """Credentials or settings."""
    SUBJECT = "subject"
    """The person in front of the camera can mend it."""
    REFERENCE = "reference"
    """The photo on file is at fault."""
    SECURITY = "security"
    """A suspected attack; never shown as "no match"."""
    TOKEN = "token"  # noqa: S105 - a class of errors
    """A face token is gone: send the picture again."""
    CAMERA = "camera"
    """The camera gives no usable frame."""
    CANCELLED = "cancelled"
    """A person stopped it."""
    BUG = "bug"
    """Ours."""


class Fault(Enum):
    """What went wrong: ``word`` is stable and goes into JSON and messages."""

    # pictures from outside
    FILE_MISSING = ("file_missing", ErrorClass.REFERENCE)
    FILE_UNREADABLE = ("file_unreadable", ErrorClass.REFERENCE)
    FILE_TOO_LARGE = ("file_too_large", ErrorClass.REFERENCE)
    NOT_A_PICTURE = ("not_a_picture", ErrorClass.REFERENCE)
    PICTURE_DAMAGED = ("picture_damaged", ErrorClass.REFERENCE)
    PICTURE_TOO_LARGE = ("picture_too_large", ErrorClass.REFERENCE)
    PICTURE_TOO_SMALL = ("picture_too_small", ErrorClass.REFERENCE)
    PICTURE_SHAPE = ("picture_shape", ErrorClass.REFERENCE)
    PICTURE_ANIMATED = ("picture_animated", ErrorClass.REFERENCE)
    PICTURE_FORMAT = ("picture_format", ErrorClass.REFERENCE)
    ADDRESS_REFUSED = ("address_refused", ErrorClass.REFERENCE)
    ADDRESS_UNREACHABLE = ("address_unreachable", ErrorClass.REFERENCE)
    ADDRESS_NEEDS_CLOUD = ("address_needs_cloud", ErrorClass.CONFIG)
    TOKEN_NEEDS_CLOUD = ("token_needs_cloud", ErrorClass.CONFIG)
    # faces
    NO_FACE = ("no_face", ErrorClass.SUBJECT)
    SEVERAL_FACES = ("several_faces", ErrorClass.SUBJECT)
    FACE_TOO_SMALL = ("face_too_small", ErrorClass.SUBJECT)
    FACE_UNUSABLE = ("face_unusable", ErrorClass.SUBJECT)
    CARTOON_FACE = ("cartoon_face", ErrorClass.REFERENCE)
    FACE_COVERED = ("face_covered", ErrorClass.SUBJECT)
    FACE_BLURRED = ("face_blurred", ErrorClass.SUBJECT)
    FACE_BADLY_LIT = ("face_badly_lit", ErrorClass.SUBJECT)
    FACE_INCOMPLETE = ("face_incomplete", ErrorClass.SUBJECT)
    LEFT_EYE_COVERED = ("left_eye_covered", ErrorClass.SUBJECT)
    RIGHT_EYE_COVERED = ("right_eye_covered", ErrorClass.SUBJECT)
    LEFT_CHEEK_COVERED = ("left_cheek_covered", ErrorClass.SUBJECT)
    RIGHT_CHEEK_COVERED = ("right_cheek_covered", ErrorClass.SUBJECT)
    CHIN_COVERED = ("chin_covered", ErrorClass.SUBJECT)
    NOSE_COVERED = ("nose_covered", ErrorClass.SUBJECT)
    MOUTH_COVERED = ("mouth_covered", ErrorClass.SUBJECT)
    HEAD_TURNED = ("head_turned", ErrorClass.SUBJECT)
    PICTURE_POOR = ("picture_poor", ErrorClass.SUBJECT)
    LIVENESS_NOT_DONE = ("liveness_not_done", ErrorClass.SUBJECT)
    TOO_MANY_FAILURES = ("too_many_failures", ErrorClass.SUBJECT)
    WITHOUT_FACE = ("without_face", ErrorClass.SUBJECT)
    # attacks
    LIVENESS_FAILED = ("liveness_failed", ErrorClass.SECURITY)
    SYNTHETIC_PICTURE = ("synthetic_picture", ErrorClass.SECURITY)
    # camera
    NO_FRAME = ("no_frame", ErrorClass.CAMERA)
    FRAME_STALE = ("frame_stale", ErrorClass.CAMERA)
    CAMERA_ABSENT = ("camera_absent", ErrorClass.CAMERA)
    CAMERA_BUSY = ("camera_busy", ErrorClass.CAMERA)
    CAMERA_DENIED = ("camera_denied", ErrorClass.CAMERA)
    CAMERA_SILENT = ("camera_silent", ErrorClass.CAMERA)
    CAMERA_FROZEN = ("camera_frozen", ErrorClass.CAMERA)
    CAMERA_LOST = ("camera_lost", ErrorClass.CAMERA)
    CAMERA_UNUSABLE = ("camera_unusable", ErrorClass.CAMERA)
    # engine on this device
    ENGINE_FILES_MISSING = ("engine_files_missing", ErrorClass.CONFIG)
    ENGINE_FILES_ALTERED = ("engine_files_altered", ErrorClass.CONFIG)
    LIVENESS_UNAVAILABLE = ("liveness_unavailable", ErrorClass.CONFIG)
    # settings
    KEY_MISSING = ("key_missing", ErrorClass.CONFIG)
    HTTP_NOT_ALLOWED = ("http_not_allowed", ErrorClass.CONFIG)
    ENDPOINT_INVALID = ("endpoint_invalid", ErrorClass.CONFIG)
    SETTINGS_NOT_SAVED = ("settings_not_saved", ErrorClass.CONFIG)
    SETTING_REFUSED = ("setting_refused", ErrorClass.CONFIG)
    TALLY_NOT_WRITTEN = ("tally_not_written", ErrorClass.CONFIG)
    # records
    RECORDS_LOCKED = ("records_locked", ErrorClass.RETRY)
    RECORDS_UNREACHABLE = ("records_unreachable", ErrorClass.RETRY)
    RECORDS_READ_ONLY = ("records_read_only", ErrorClass.CONFIG)
    RECORDS_FULL = ("records_full", ErrorClass.CONFIG)
    RECORDS_DAMAGED = ("records_damaged", ErrorClass.CONFIG)
    RECORDS_NEWER = ("records_newer", ErrorClass.CONFIG)
    RECORDS_TARGET_IN_USE = ("records_target_in_use", ErrorClass.CONFIG)
    RECORDS_CLOCK = ("records_clock", ErrorClass.CONFIG)
    RECORDS_KEY_GONE = ("records_key_gone", ErrorClass.CONFIG)
    PERSON_UNKNOWN = ("person_unknown", ErrorClass.CONFIG)
    PERSON_WITHOUT_PHOTO = ("person_without_photo", ErrorClass.CONFIG)
    PERSON_TAKEN = ("person_taken", ErrorClass.CONFIG)
    BADGE_DAMAGED = ("badge_damaged", ErrorClass.RETRY)
    BADGE_NOT_SIGNED = ("badge_not_signed", ErrorClass.CONFIG)
    BADGE_FORGED = ("badge_forged", ErrorClass.CONFIG)
    # people brought along in a list
    SHEET_UNREADABLE = ("sheet_unreadable", ErrorClass.CONFIG)
    SHEET_TOO_LARGE = ("sheet_too_large", ErrorClass.CONFIG)
    SHEET_COLUMNS = ("sheet_columns", ErrorClass.CONFIG)
    SHEET_EMPTY = ("sheet_empty", ErrorClass.CONFIG)
    PHOTOS_UNREADABLE = ("photos_unreadable", ErrorClass.CONFIG)
    # files to take along
    EXPORT_UNREACHABLE = ("export_unreachable", ErrorClass.CONFIG)
    EXPORT_FORBIDDEN = ("export_forbidden", ErrorClass.CONFIG)
    EXPORT_FULL = ("export_full", ErrorClass.CONFIG)
    # the way to the cloud
    NAME_NOT_FOUND = ("name_not_found", ErrorClass.RETRY)
    CONNECTION_REFUSED = ("connection_refused", ErrorClass.RETRY)
    CONNECT_TIMEOUT = ("connect_timeout", ErrorClass.RETRY)
    TLS_FAILED = ("tls_failed", ErrorClass.CONFIG)
    CONNECTION_BROKEN = ("connection_broken", ErrorClass.RETRY)
    DEADLINE_PASSED = ("deadline_passed", ErrorClass.RETRY)
    REDIRECTED = ("redirected", ErrorClass.CONFIG)
    REPLY_TOO_LARGE = ("reply_too_large", ErrorClass.CONFIG)
    BAD_REPLY = ("bad_reply", ErrorClass.CONFIG)
    HTTP_STATUS = ("http_status", ErrorClass.RETRY)
    BODY_TOO_LARGE = ("body_too_large", ErrorClass.REFERENCE)
    # the cloud's own answers
    SERVICE_FAILED = ("service_failed", ErrorClass.RETRY)
    SERVICE_THROTTLED = ("service_throttled", ErrorClass.THROTTLE)
    SERVICE_DENIED = ("service_denied", ErrorClass.CONFIG)
    CREDENTIALS_REFUSED = ("credentials_refused", ErrorClass.CONFIG)
    CALLS_USED_UP = ("calls_used_up", ErrorClass.QUOTA)
    PACKAGE_EXPIRED = ("package_expired", ErrorClass.QUOTA)
    PARAMETERS_REFUSED = ("parameters_refused", ErrorClass.BUG)
    IMAGE_REFUSED = ("image_refused", ErrorClass.REFERENCE)
    ADDRESS_NOT_FETCHED = ("address_not_fetched", ErrorClass.REFERENCE)
    TOKEN_GONE = ("token_gone", ErrorClass.TOKEN)
    UNKNOWN_ANSWER = ("unknown_answer", ErrorClass.RETRY)
    # the rest
    CANCELLED = ("cancelled", ErrorClass.CANCELLED)
    INTERNAL = ("internal", ErrorClass.BUG)

    def __init__(self, word: str, error_class: ErrorClass) -> None:
        self.word = word
        self.error_class = error_class


_PROBE_OWNED = {ErrorClass.REFERENCE: ErrorClass.SUBJECT}
_REFERENCE_OWNED = {ErrorClass.SUBJECT: ErrorClass.REFERENCE}


class FaceCheckError(Exception):
    """Something that stops a check.

    ``detail`` is raw text for staff, already stripped of secrets and control characters and at
    most a few hundred characters; ``vendor_code`` is the cloud's own number, where it gave one.
    """

    def __init__(
        self,
        fault: Fault,
        *,
        picture: WhichPicture = WhichPicture.NEITHER,
        detail: str = "",
        vendor_code: str | None = None,
    ) -> None:
        super().__init__(fault.word, picture.value, detail)
        self.fault = fault
        self.picture = picture
        self.detail = detail
        self.vendor_code = vendor_code

    @property
    def error_class(self) -> ErrorClass:
        """Who can mend it; a fault of a picture belongs to whoever can replace that picture."""
        own = self.fault.error_class
        if self.picture is WhichPicture.REFERENCE:
            return _REFERENCE_OWNED.get(own, own)
        if self.picture is WhichPicture.PROBE:
            return _PROBE_OWNED.get(own, own)
        return own

    def about(self, picture: WhichPicture) -> "FaceCheckError":
        """The same error, naming its picture; for code that learns it only later."""
        return type(self)(
            self.fault, picture=picture, detail=self.detail, vendor_code=self.vendor_code
        )


class PictureError(FaceCheckError):
    """Bytes, a file or an address that cannot become a picture."""


class CameraError(FaceCheckError):
    """No frame to be had."""


class EngineError(FaceCheckError):
    """An engine inside the program cannot work, or cannot use a picture."""


class CloudError(FaceCheckError):
    """The cloud refused, could not be reached or answered oddly.

    ``nothing_sent`` is True only when certainly no byte of the request went out: such a call was
    not billed and may be tried again.
    """

    nothing_sent = False


class NotSentError(CloudError):
    """The way to the cloud ended before a byte of the request went out."""

    nothing_sent = True


class SettingsError(FaceCheckError):
    """Settings or secrets cannot be read or written."""


class RecordsError(FaceCheckError):
    """What must be remembered cannot be kept, or not be read. Carries nothing of what it is."""


class ExportTrouble(FaceCheckError):  # noqa: N818 - as the next
    """A file that people want to take along cannot be written. Does not carry its name."""


class ImportTrouble(FaceCheckError):  # noqa: N818 - said of a whole file, not of a row
    """A list of people, or the photos that came with it, cannot be used."""


class BadgeError(FaceCheckError):
    """A badge that cannot be read or trusted."""


class Cancelled(FaceCheckError):  # noqa: N818 - an outcome, not a failure
    """A person, or the program's end, stopped the check. ``nothing_sent`` as in ``CloudError``."""

    nothing_sent = False

    def __init__(
        self,
        fault: Fault = Fault.CANCELLED,
        *,
        picture: WhichPicture = WhichPicture.NEITHER,
        detail: str = "",
        vendor_code: str | None = None,
    ) -> None:
        super().__init__(fault, picture=picture, detail=detail, vendor_code=vendor_code)


class CancelledUnsent(Cancelled):
    """It was stopped before a byte of the request went out: nothing was billed."""

    nothing_sent = True
