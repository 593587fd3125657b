"""Reads dlib's recognition network from its own file format.

The file has no index: layers follow each other from the input to the output, and what must stand
where is told by the architecture alone. Integers are a control byte (top bit: negative, low four
bits: how many bytes follow) and little-endian bytes; reals are an integer mantissa and an integer
exponent of 2; tensors hold raw little-endian float32.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.errors import EngineError, Fault

Weights = NDArray[np.float32]

INPUT_PX = 150
EMBEDDING_LENGTH = 128

_TENSOR, _ALIAS = 2, 1
_ELEMENTS = 130
_KEEP = "con_4 affine_ relu_ con_4 affine_ add_prev_ relu_"
_DOWN = "con_4 affine_ relu_ con_4 affine_ avg_pool_2 add_prev_ relu_"
_BLOCKS = 3 * [_KEEP] + [_DOWN] + 3 * [_KEEP] + 2 * ([_DOWN] + 2 * [_KEEP]) + [_DOWN]
LAYERS = tuple(" ".join(["con_4 affine_ relu_ max_pool_2", *_BLOCKS, "avg_pool_2 fc_2"]).split())
"""Names of the layers in the file, from the input to the output."""
_INFINITE_FROM = 32_000


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """One convolution and the per-channel ``gamma * x + beta`` that follows it.

    ``filters`` is (out, in, rows, cols), the others are (out,).
    """

    filters: Weights = field(repr=False)
    biases: Weights = field(repr=False)
    gamma: Weights = field(repr=False)
    beta: Weights = field(repr=False)
    stride: int
    padding: int


@dataclass(frozen=True, slots=True, eq=False)
class RecognitionWeights:
    """All that the file holds. ``head`` is (256, 128): embedding = features @ head."""

    mean_rgb: tuple[float, float, float]
    convolutions: tuple[Convolution, ...]
    head: Weights = field(repr=False)


def parse(content: bytes) -> RecognitionWeights:
    """The weights in ``content``, to its last byte.

    Raises EngineError(ENGINE_FILES_ALTERED) for anything that is not this network. Most flipped
    bits would go unnoticed here: check the file's hash first.
    """
    try:
        return _Reading(content).network()
    except (ValueError, IndexError, OverflowError, UnicodeDecodeError) as error:
        detail = f"not the recognition network: {type(error).__name__}"
        raise EngineError(Fault.ENGINE_FILES_ALTERED, detail=detail) from None


class _Reading:
    """A position in the file that moves on with each thing read."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def network(self) -> RecognitionWeights:
        _insist(self._integer() == 1 and self._string() == "loss_metric_2")
        self._real(), self._real()
        for _ in range(_ELEMENTS):
            self._integer()
        _insist(self._string() == "input_rgb_image_sized")
        red, green, blue = (float(np.float32(self._real())) for _ in range(3))
        _insist([self._integer(), self._integer()] == [INPUT_PX, INPUT_PX])
        convolutions, head = self._layers()
        _insist(self._at == len(self._content))
        return RecognitionWeights((red, green, blue), tuple(convolutions), head)

    def _layers(self) -> tuple[list[Convolution], Weights]:
        folded = []
        head: Weights | None = None
        for index, name in enumerate(LAYERS):
            _insist(self._string() == name)
            if name == "con_4":
                convolution = self._convolution()
            elif name == "affine_":
                gamma, beta = self._affine(len(convolution[1]))
                filters, biases, stride, padding = convolution
                folded.append(Convolution(filters, biases, gamma, beta, stride, padding))
            elif name in {"max_pool_2", "avg_pool_2"}:
                self._pool(index)
            elif name == "fc_2":
                head = self._head()
            self._state(first=index == 0)
        if head is None:
            raise ValueError
        return folded, head

    def _convolution(self) -> tuple[Weights, Weights, int, int]:
        values = self._tensor()
        _insist(self._integer() > 0)
        _, _, stride, stride_x, padding, padding_x = (self._integer() for _ in range(6))
        _insist(stride == stride_x and padding == padding_x)
        shape, bias_shape = self._alias(), self._alias()
        count = math.prod(shape)
        _insist(values.size == count + bias_shape[1])
        for _ in range(4):
            self._real()
        return values[:count].reshape(shape), values[count:], stride, padding

    def _affine(self, channels: int) -> tuple[Weights, Weights]:
        values = self._tensor()
        self._alias(), self._alias()
        _insist(self._integer() == 0 and values.size == 2 * channels)
        return values[:channels], values[channels:]

    def _pool(self, index: int) -> None:
        found = [self._integer() for _ in range(6)]
        last = index == len(LAYERS) - 2
        largest = LAYERS[index] == "max_pool_2"
        expected = [0, 0, 1, 1] if last else [3, 3, 2, 2] if largest else [2, 2, 2, 2]
        _insist(found == [*expected, 0, 0])

    def _head(self) -> Weights:
        outputs, inputs = self._integer(), self._integer()
        _insist(outputs == EMBEDDING_LENGTH)
        values = self._tensor()
        self._alias(), self._alias()
        _insist(self._integer() == 1)
        for _ in range(4):
            self._real()
        return values.reshape(inputs, outputs)

    def _state(self, *, first: bool) -> None:
        """Flags and three empty tensors that only training needs."""
        _insist(set(self._bytes(3)) <= set(b"01"))
        for _ in range(3):
            _insist(self._tensor().size == 0)
        if first:
            _insist(self._integer() == 1)

    def _tensor(self) -> Weights:
        _insist(self._integer() == _TENSOR)
        count = math.prod(self._shape())
        return np.frombuffer(self._bytes(4 * count), dtype="<f4").astype(np.float32, copy=False)

    def _alias(self) -> tuple[int, ...]:
        _insist(self._integer() == _ALIAS)
        return self._shape()

    def _shape(self) -> tuple[int, ...]:
        shape = tuple(self._integer() for _ in range(4))
        _insist(min(shape) >= 0)
        return shape

    def _real(self) -> float:
        mantissa, exponent = self._integer(), self._integer()
        _insist(exponent < _INFINITE_FROM)
        return math.ldexp(mantissa, exponent)

    def _string(self) -> str:
        length = self._integer()
        _insist(length >= 0)
        return self._bytes(length).decode("ascii")

    def _integer(self) -> int:
        control = self._bytes(1)[0]
        magnitude = int.from_bytes(self._bytes(control & 0x0F), "little")
        return -magnitude if control & 0x80 else magnitude

    def _bytes(self, count: int) -> bytes:
        part = self._content[self._at : self._at + count]
        _insist(len(part) == count)
        self._at += count
        return part


def _insist(held: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not held:
        raise ValueError
