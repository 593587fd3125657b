"""Writes the recognition network as an ONNX graph.

In: n x 3 x 150 x 150 float32, planes R, G, B, values 0 to 255 as they are in the picture.
Out: n x 128 float32, not of unit length.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.vision.dlib_weights import (
    EMBEDDING_LENGTH,
    INPUT_PX,
    Convolution,
    RecognitionWeights,
    Weights,
)

_OPSET, _IR_VERSION = 13, 8
_INPUT_DIVISOR = 256.0
_Shape = tuple[int, int]
"""Channels, and pixels a side."""


def build(weights: RecognitionWeights) -> bytes:
    """The graph as a serialised ONNX model (opset 13, IR 8)."""
    return _Writing().model(weights)


def folded(convolution: Convolution) -> tuple[Weights, Weights]:
    """Filters and biases that do the affine step as well: W * gamma, b * gamma + beta."""
    filters = convolution.filters * convolution.gamma[:, None, None, None]
    biases = convolution.biases * convolution.gamma + convolution.beta
    return filters, biases


def folded_input(
    convolution: Convolution, mean_rgb: tuple[float, float, float]
) -> tuple[Weights, Weights]:
    """As ``folded``, for plain pixels: (pixel - mean) / 256 goes into the weights too.

    Exact because the first convolution has no padding.
    """
    filters, biases = folded(convolution)
    filters = (filters / np.float32(_INPUT_DIVISOR)).astype(np.float32)
    means = np.asarray(mean_rgb, np.float64)[None, :, None, None]
    shift = (filters.astype(np.float64) * means).sum(axis=(1, 2, 3))
    return filters, (biases - shift).astype(np.float32)


class _Writing:
    """Gathers nodes and constants; remembers (channels, side) of the value written last."""

    def __init__(self) -> None:
        import onnx

        self._onnx = onnx
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def model(self, weights: RecognitionWeights) -> bytes:
        """The whole network, in the order in which the file holds its weights."""
        first, *others = weights.convolutions
        name, shape = self._convolution(
            "chips", (3, INPUT_PX), first, folded_input(first, weights.mean_rgb)
        )
        name = self._node("Relu", [name])
        name = self._node("MaxPool", [name], kernel_shape=[3, 3], strides=[2, 2])
        shape = (shape[0], _after(shape[1], 3, 2, 0))
        for entry, exit_ in zip(others[::2], others[1::2], strict=True):
            name, shape = self._block(name, shape, entry, exit_)
        name = self._node("Flatten", [self._node("GlobalAveragePool", [name])], axis=1)
        head = self._constant("head", weights.head)
        self._node("Gemm", [name, head], output="embeddings")
        return self._serialised()

    def _block(
        self, name: str, shape: _Shape, entry: Convolution, exit_: Convolution
    ) -> tuple[str, _Shape]:
        """Two convolutions and a shortcut round them; the smaller of the two gets zeros behind."""
        inner, inner_shape = self._convolution(name, shape, entry, folded(entry))
        inner = self._node("Relu", [inner])
        inner, inner_shape = self._convolution(inner, inner_shape, exit_, folded(exit_))
        shortcut, shortcut_shape = name, shape
        if entry.stride > 1:
            shortcut = self._node("AveragePool", [name], kernel_shape=[2, 2], strides=[2, 2])
            shortcut_shape = (shape[0], _after(shape[1], 2, 2, 0))
        joint = (
            max(inner_shape[0], shortcut_shape[0]),
            max(inner_shape[1], shortcut_shape[1]),
        )
        inner = self._padded(inner, inner_shape, joint)
        shortcut = self._padded(shortcut, shortcut_shape, joint)
        return self._node("Relu", [self._node("Add", [inner, shortcut])]), joint

    def _convolution(
        self, name: str, shape: _Shape, layer: Convolution, values: tuple[Weights, Weights]
    ) -> tuple[str, _Shape]:
        filters, biases = values
        window = filters.shape[2]
        number = len(self._nodes)
        output = self._node(
            "Conv",
            [
                name,
                self._constant(f"filters{number}", filters),
                self._constant(f"biases{number}", biases),
            ],
            kernel_shape=[window, window],
            strides=[layer.stride] * 2,
            pads=[layer.padding] * 4,
        )
        return output, (filters.shape[0], _after(shape[1], window, layer.stride, layer.padding))

    def _padded(self, name: str, shape: _Shape, wanted: _Shape) -> str:
        if shape == wanted:
            return name
        more_channels, more_px = wanted[0] - shape[0], wanted[1] - shape[1]
        pads = np.array([0, 0, 0, 0, 0, more_channels, more_px, more_px], np.int64)
        return self._node("Pad", [name, self._constant(f"pads{len(self._nodes)}", pads)])

    def _node(self, kind: str, inputs: list[str], *, output: str = "", **attributes: Any) -> str:
        """Adds a node; returns its output's name. ``attributes`` are ints and lists of ints."""
        output = output or f"{kind.lower()}{len(self._nodes)}"
        self._nodes.append(self._onnx.helper.make_node(kind, inputs, [output], **attributes))
        return output

    def _constant(self, name: str, values: Weights | NDArray[np.int64]) -> str:
        plain = np.ascontiguousarray(values)
        self._constants.append(self._onnx.numpy_helper.from_array(plain, name))
        return name

    def _serialised(self) -> bytes:
        helper, single = self._onnx.helper, self._onnx.TensorProto.FLOAT
        graph = helper.make_graph(
            self._nodes,
            "recognition",
            [helper.make_tensor_value_info("chips", single, ["n", 3, INPUT_PX, INPUT_PX])],
            [helper.make_tensor_value_info("embeddings", single, ["n", EMBEDDING_LENGTH])],
            initializer=self._constants,
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR_VERSION,
            producer_name="facecheck",
        )
        return bytes(model.SerializeToString())


def _after(side_px: int, window: int, stride: int, padding: int) -> int:
    """Side of a plane after a window has gone over it."""
    return (side_px + 2 * padding - window) // stride + 1
