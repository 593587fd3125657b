"""Every error code the vendor, or the service behind it, may answer with.

Only 200 and 400 are documented by the vendor; the codes are those of the service behind it, whose
field values are the same, and probably come back inside ``message``. They are looked for by number,
by the English words and by the Chinese ones; what is not found stays unknown, with its raw text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from facecheck_gui.domain.errors import Fault
from facecheck_gui.protocol.phrases import OTHER_WORDS


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One code. ``english`` and ``chinese`` are the service's own words."""

    code: str
    english: str
    chinese: str
    fault: Fault


def _rows(fault: Fault, *rows: tuple[str, str, str]) -> list[CatalogueEntry]:
    return [CatalogueEntry(code, english, chinese, fault) for code, english, chinese in rows]


CATALOGUE: tuple[CatalogueEntry, ...] = (
    *_rows(
        Fault.SERVICE_FAILED,
        ("1", "unknown error", "服务器内部错误"),
        ("2", "service temporarily unavailable", "服务暂不可用"),
        ("222201", "network not available", "服务端请求失败"),
        ("222205", "rtse service return error", "服务端请求失败"),
        ("222206", "rtse service has exception", "服务端请求失败"),
        ("222302", "system error", "系统繁忙"),
        ("222900", "system busy", "系统繁忙"),
        ("500", "server error", "服务器错误"),
    ),
    *_rows(
        Fault.SERVICE_THROTTLED,
        ("4", "open api request limit reached", "集群超限额"),
        ("18", "open api qps request limit reached", "QPS超限额"),
        ("501", "duplicate submission", "重复提交"),
    ),
    *_rows(
        Fault.SERVICE_DENIED,
        ("3", "unsupported openapi method", "接口不存在"),
        ("6", "no permission to access data", "没有接口权限"),
    ),
    *_rows(
        Fault.CREDENTIALS_REFUSED,
        ("13", "get service token failed", "获取token失败"),
        ("14", "iam certification failed", "鉴权失败"),
        ("15", "app not exists or create failed", "应用不存在或者创建失败"),
        ("100", "access token parameter invalid", "无效的access_token参数"),
        ("110", "access token invalid or no longer valid", "access_token无效"),
        ("111", "access token expired", "access token过期"),
        ("503", "signature error", "验证签名失败"),
        ("600", "key invalid", "您不是合法的订阅者"),
    ),
    *_rows(
        Fault.CALLS_USED_UP,
        ("17", "open api daily request limit reached", "每天请求量超限额"),
        ("19", "open api total request limit reached", "请求总量超限额"),
        ("201", "insufficient balance", "余额不足"),
        ("601", "no quota or key expired", "KEY已过期"),
    ),
    *_rows(
        Fault.PARAMETERS_REFUSED,
        ("216100", "invalid param", "参数异常"),
        ("222001", "param is null", "必要参数未传入"),
        ("222013", "param format error", "参数格式错误"),
        ("222015", "param format error", "参数格式错误"),
        ("222019", "param format error", "参数格式错误"),
        ("222020", "param format error", "参数格式错误"),
        ("222024", "param format error", "参数格式错误"),
        ("222025", "param format error", "参数格式错误"),
        ("222208", "the number of image is incorrect", "图片的数量错误"),
        ("223118", "quality control error", "质量控制项错误"),
        ("223119", "liveness control item error", "活体控制项错误"),
    ),
    *_rows(
        Fault.IMAGE_REFUSED,
        ("216201", "image format error", "图片格式错误"),
        ("216202", "image size error", "图片大小错误"),
        ("222309", "image size is too small", "图片尺寸过小"),
    ),
    *_rows(Fault.NO_FACE, ("222202", "pic not has face", "图片中没有人脸")),
    *_rows(Fault.FACE_UNUSABLE, ("222203", "image check fail", "无法解析人脸")),
    *_rows(
        Fault.ADDRESS_NOT_FETCHED,
        ("222204", "image_url_download_fail", "从图片的url下载图片失败"),
    ),
    *_rows(Fault.TOKEN_GONE, ("222209", "face token not exist", "face token不存在")),
    *_rows(Fault.FACE_TOO_SMALL, ("222213", "face size is too small", "人脸尺寸过小")),
    *_rows(Fault.CARTOON_FACE, ("222214", "face is cartoon", "请使用非卡通的人脸图像")),
    *_rows(Fault.FACE_COVERED, ("223113", "face is covered", "人脸有被遮挡")),
    *_rows(Fault.FACE_BLURRED, ("223114", "face is fuzzy", "人脸模糊")),
    *_rows(Fault.FACE_BADLY_LIT, ("223115", "face light is not good", "人脸光照不好")),
    *_rows(Fault.FACE_INCOMPLETE, ("223116", "incomplete face", "人脸不完整")),
    *_rows(
        Fault.LIVENESS_FAILED,
        ("223120", "liveness check fail", "活体检测未通过"),
        ("216608", "liveness failed", "活体不通过"),
    ),
    *_rows(Fault.LEFT_EYE_COVERED, ("223121", "left eye is occlusion", "左眼遮挡程度过高")),
    *_rows(Fault.RIGHT_EYE_COVERED, ("223122", "right eye is occlusion", "右眼遮挡程度过高")),
    *_rows(Fault.LEFT_CHEEK_COVERED, ("223123", "left cheek is occlusion", "左脸遮挡程度过高")),
    *_rows(Fault.RIGHT_CHEEK_COVERED, ("223124", "right cheek is occlusion", "右脸遮挡程度过高")),
    *_rows(Fault.CHIN_COVERED, ("223125", "chin contour is occlusion", "下巴遮挡程度过高")),
    *_rows(Fault.NOSE_COVERED, ("223126", "nose is occlusion", "鼻子遮挡程度过高")),
    *_rows(Fault.MOUTH_COVERED, ("223127", "mouth is occlusion", "嘴巴遮挡程度过高")),
    *_rows(Fault.SYNTHETIC_PICTURE, ("223131", "spoofing check fail", "合成图检测未通过")),
    *_rows(
        Fault.HEAD_TURNED,
        ("216609", "yaw angle is too large", "左右角度过大"),
        ("216610", "pitch angle is too large", "俯仰角度过大"),
    ),
)


@cache
def by_code() -> dict[str, CatalogueEntry]:
    """Every entry under its code."""
    return {entry.code: entry for entry in CATALOGUE}


def look_up(message: str, code: str = "") -> CatalogueEntry | None:
    """The entry that a reply speaks of, or None.

    ``code`` is the reply's own and counts first, unless it may as well be HTTP's: then ``message``
    is asked before it. The vendor's plain 400 is no entry.
    """
    known = by_code()
    entry = known.get(code)
    if entry is not None and int(code) not in _PLAIN:
        return entry
    return _by_number(unicodedata.normalize("NFKC", message)) or _by_words(message) or entry


# Numbers that stand in sentences about sizes, limits or HTTP as often as for a code.
_PLAIN = frozenset({100, 110, 111, 201, 500, 501, 503, 600, 601})
_CALLED_A_CODE = re.compile(
    r"(?:err(?:or)?[ _]?(?:code|no)|错误码)[\"'\s:=]{0,4}([0-9]{1,6})(?!\.?[0-9])", re.IGNORECASE
)
_ON_ITS_OWN = re.compile(r"(?<![0-9])(?<![0-9]\.)([0-9]{3,6})(?!\.?[0-9])")


def _by_number(message: str) -> CatalogueEntry | None:
    """Short and common numbers count only where they are called a code, or where the message is
    nothing else: "1" is in too many sentences."""
    known = by_code()
    called = [*_CALLED_A_CODE.findall(message), message.strip()]
    own = [n for n in _ON_ITS_OWN.findall(message) if int(n) not in _PLAIN]
    return next((known[number] for number in [*called, *own] if number in known), None)


def _by_words(message: str) -> CatalogueEntry | None:
    """The longest words win: "人脸尺寸过小" before "尺寸过小"."""
    told = _squeezed(message)
    return next((entry for words, entry in _words() if words in told), None)


@cache
def _words() -> tuple[tuple[str, CatalogueEntry], ...]:
    """Every wording with its entry, longest first; of equals, the catalogue's order."""
    known = by_code()
    own = [(_squeezed(words), e) for e in CATALOGUE for words in (e.english, e.chinese)]
    others = [(_squeezed(words), known[code]) for words, code in OTHER_WORDS]
    return tuple(sorted(own + others, key=lambda pair: -len(pair[0])))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_\-]+", "", unicodedata.normalize("NFKC", text)).lower()
