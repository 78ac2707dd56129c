"""Two tiny models that see an image as 28 rows: one keeps state, one loops."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

import conversion

ROWS = 28
FEATURES = 28
TAPS = 5
CHANNELS = 8
STEPS = ROWS - TAPS + 1
UNITS = 16


def streaming_trainee():
    """The whole-image twin of the streaming model: causal rows, then one dense layer."""
    rows = keras.Input((ROWS, FEATURES), name="rows")
    x = layers.Conv1D(CHANNELS, TAPS, activation="relu")(rows)
    x = layers.Flatten()(x)
    x = layers.Dense(10, activation="softmax")(x)
    return keras.Model(rows, x, name="streaming")


class Streaming(tf.Module):
    """One row in, ten scores out; the last rows and convolved steps are variables.

    Every result depends on the last 28 rows alone: after 28 rows of an image the
    scores are the ones of that image, whatever was streamed before.
    """

    def __init__(self, trained):
        super().__init__()
        kernel, bias, weights, offset = trained.get_weights()
        self.kernel = tf.constant(kernel.reshape(TAPS * FEATURES, CHANNELS))
        self.bias = tf.constant(bias)
        self.weights = tf.constant(weights)
        self.offset = tf.constant(offset)
        self.rows = tf.Variable(tf.zeros([1, TAPS - 1, FEATURES]), name="rows")
        self.steps = tf.Variable(tf.zeros([1, STEPS - 1, CHANNELS]), name="steps")

    @tf.function(input_signature=[tf.TensorSpec([1, 1, FEATURES], name="row")])
    def serve(self, row):
        """Shifts the row in, convolves the newest window, classifies."""
        rows = tf.concat([self.rows.read_value(), row], axis=1)
        self.rows.assign(rows[:, 1:, :])
        window = tf.reshape(rows, [1, TAPS * FEATURES])
        step = tf.nn.relu(tf.matmul(window, self.kernel) + self.bias)
        step = tf.reshape(step, [1, 1, CHANNELS])
        steps = tf.concat([self.steps.read_value(), step], axis=1)
        self.steps.assign(steps[:, 1:, :])
        flat = tf.reshape(steps, [1, STEPS * CHANNELS])
        return {"scores": tf.nn.softmax(tf.matmul(flat, self.weights) + self.offset)}


def streaming_file(trained):
    """The streaming model with VAR_HANDLE, READ_VARIABLE and ASSIGN_VARIABLE."""
    module = Streaming(trained)
    function = module.serve.get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], module)
    converter.experimental_enable_resource_variables = True
    return converter.convert()


def streaming_accuracy(content, images, labels):
    """Streams each image row by row, without a reset, and takes the last scores."""
    runner = conversion.interpreter(content)
    source = runner.get_input_details()[0]["index"]
    target = runner.get_output_details()[0]["index"]
    right = 0
    for image, label in zip(images, labels):
        for row in image:
            runner.set_tensor(source, row.reshape(1, 1, FEATURES))
            runner.invoke()
        right += int(np.argmax(runner.get_tensor(target)[0]) == label)
    return right / len(labels)


def while_trainee():
    """A gated recurrent network over the rows."""
    rows = keras.Input((ROWS, FEATURES), name="rows")
    x = layers.GRU(UNITS, reset_after=False)(rows)
    x = layers.Dense(10, activation="softmax")(x)
    return keras.Model(rows, x, name="while")


def _gated_step(trained):
    """One step of the gated recurrent unit, from Keras's weights, as a function."""
    inner, recurrent, bias = trained.get_weights()[:3]
    gates = slice(0, 2 * UNITS)
    news = slice(2 * UNITS, 3 * UNITS)

    def step(row, state):
        both = row @ inner[:, gates] + state @ recurrent[:, gates] + bias[gates]
        update, reset = tf.split(tf.sigmoid(both), 2, axis=1)
        new = row @ inner[:, news] + (reset * state) @ recurrent[:, news] + bias[news]
        return update * state + (1.0 - update) * tf.tanh(new)

    return step


def while_file(trained):
    """The recurrent network as a WHILE loop over the rows of a [1, 28, 28, 1] image."""
    step = _gated_step(trained)
    weights, offset = trained.get_weights()[3:]

    def body(index, state, rows):
        return index + 1, step(tf.gather(rows, [index]), state), rows

    @tf.function(input_signature=[tf.TensorSpec([1, ROWS, FEATURES, 1], name="image")])
    def serve(image):
        rows = tf.reshape(image, [ROWS, FEATURES])
        start = (tf.constant(0), tf.zeros([1, UNITS]), rows)
        _, state, _ = tf.while_loop(lambda index, *_: index < ROWS, body, start)
        return {"scores": tf.nn.softmax(state @ weights + offset)}

    function = serve.get_concrete_function()
    return tf.lite.TFLiteConverter.from_concrete_functions([function]).convert()
