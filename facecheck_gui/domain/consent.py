"""What somebody can agree to."""

from enum import Enum


class Purpose(Enum):
    """What a face is used for; each is asked apart."""

    COMPARE = "compare"
    SEND_TO_CLOUD = "send_to_cloud"
    KEEP_REFERENCE = "keep_reference"
    KEEP_CHECK_IN = "keep_check_in"
