"""Keras model to TensorFlow Lite bytes, and accuracy with the interpreter."""

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import (
    convert_variables_to_constants_v2,
)


def _concrete(model):
    """The model as a frozen concrete function of one [1, 28, 28, 1] image."""
    spec = tf.TensorSpec([1, 28, 28, 1], tf.float32, name="image")

    @tf.function(input_signature=[spec])
    def serve(image):
        return {"scores": model(image, training=False)}

    return convert_variables_to_constants_v2(serve.get_concrete_function())


def to_float32(model):
    """A float32 file with batch size 1."""
    function = _concrete(model)
    return tf.lite.TFLiteConverter.from_concrete_functions([function]).convert()


def to_int8(model, calib_images):
    """A fully integer file: int8 in and out, weights quantized per channel."""
    function = _concrete(model)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function])
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: (
        [image[np.newaxis]] for image in calib_images)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()


def interpreter(content):
    """A single-threaded interpreter of the file, tensors allocated."""
    result = tf.lite.Interpreter(model_content=content, num_threads=1)
    result.allocate_tensors()
    return result


def _quantized(images, details):
    """Images as the input tensor wants them."""
    if details["dtype"] == np.float32:
        return images
    scale, zero = details["quantization"]
    info = np.iinfo(details["dtype"])
    levels = np.round(images / scale) + zero
    return np.clip(levels, info.min, info.max).astype(details["dtype"])


def accuracy(content, images, labels):
    """Share of the images whose highest score is at the label."""
    runner = interpreter(content)
    source = runner.get_input_details()[0]
    target = runner.get_output_details()[0]["index"]
    right = 0
    for image, label in zip(_quantized(images, source), labels):
        runner.set_tensor(source["index"], image[np.newaxis])
        runner.invoke()
        right += int(np.argmax(runner.get_tensor(target)[0]) == label)
    return right / len(labels)
