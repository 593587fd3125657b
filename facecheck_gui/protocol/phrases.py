"""Other words for the codes of the catalogue, as they are met in replies and in documentation."""

import re

# Names of fields, not any "resource" or "face compare" that a sentence may hold.
_NAMES_A_SIDE = re.compile(
    r"(?<![a-z])(?:(source|compare)[ _-]?(?:image|pic|photo|token|face_?type|live_?control)"
    r"|(source)(?![a-z])|(源图)|(对比图))",
    re.IGNORECASE,
)
_PROBE_NAMES = {"source", "源图"}

OTHER_WORDS: tuple[tuple[str, str], ...] = (
    ("service unavailable", "2"),
    ("unsupported method", "3"),
    ("request limit reached", "4"),
    ("no permission", "6"),
    ("没有权限", "6"),
    ("daily request limit reached", "17"),
    ("每天请求总量超限额", "17"),
    ("qps limit reached", "18"),
    ("qps request limit reached", "18"),
    ("total request limit reached", "19"),
    ("总请求量超限额", "19"),
    ("access token invalid", "110"),
    ("invalid access token", "110"),
    ("parameter missing", "216100"),
    ("invalid parameter", "216100"),
    ("wrong form", "216100"),
    ("参数缺失", "216100"),
    ("格式错误", "216100"),
    ("picture has no face", "222202"),
    ("no face in the picture", "222202"),
    ("face cannot be analysed", "222203"),
    ("could not be downloaded", "222204"),
    ("face token does not exist", "222209"),
    ("face too small", "222213"),
    ("cartoon face", "222214"),
    ("picture too small", "222309"),
    ("face covered", "223113"),
    ("face blurred", "223114"),
    ("face is blur", "223114"),
    ("face badly lit", "223115"),
    ("face incomplete", "223116"),
    ("occluded: left eye", "223121"),
    ("occluded: right eye", "223122"),
    ("occluded: left cheek", "223123"),
    ("occluded: right cheek", "223124"),
    ("occluded: chin", "223125"),
    ("occluded: nose", "223126"),
    ("occluded: mouth", "223127"),
    ("synthetic picture", "223131"),
    ("yaw too large", "216609"),
    ("角度过大", "216609"),
    ("pitch too large", "216610"),
)
"""Words and the code they mean. Where several are found in a message, the longest words count."""


def sides_named(message: str) -> tuple[bool, bool]:
    """Whether ``message`` names the probe, and whether it names the reference."""
    names = {"".join(found).lower() for found in _NAMES_A_SIDE.findall(message)}
    return bool(names & _PROBE_NAMES), bool(names - _PROBE_NAMES)
