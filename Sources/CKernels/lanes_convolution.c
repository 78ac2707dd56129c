#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

/// Channels that are computed at a time; packed filters are padded to a multiple.
enum { TILE = 8 };

static size_t padded(int32_t channels) { return nn_round_up((size_t)channels, TILE); }

/// Floats of the first packed order, taps × inputs × padded outputs; behind it stands the second, taps ×
/// outputs × padded inputs.
static size_t forward_count(const NNLaneLayer *layer) {
  return (size_t)layer->taps * (size_t)layer->inputChannels * padded(layer->outputChannels);
}

size_t nn_lanes_packed_count(const NNLaneLayer *layer) {
  return forward_count(layer)
         + (size_t)layer->taps * (size_t)layer->outputChannels * padded(layer->inputChannels);
}

void nn_lanes_pack(const NNLaneLayer *layer, const float *filter, float *packed) {
  size_t inputs = (size_t)layer->inputChannels, outputs = (size_t)layer->outputChannels;
  size_t taps = (size_t)layer->taps, depth = taps * inputs;
  size_t paddedOutputs = padded(layer->outputChannels), paddedInputs = padded(layer->inputChannels);
  float *second = packed + forward_count(layer);
  for (size_t output = 0; output < outputs; output++) {
    for (size_t tap = 0; tap < taps; tap++) {
      const float *row = filter + output * depth + tap * inputs;
      float *line = second + (tap * outputs + output) * paddedInputs;
      memcpy(line, row, inputs * sizeof(float));
      memset(line + inputs, 0, (paddedInputs - inputs) * sizeof(float));
    }
  }
  for (size_t index = 0; index < depth; index++) {
    float *line = packed + index * paddedOutputs;
    for (size_t output = 0; output < outputs; output++) line[output] = filter[output * depth + index];
    for (size_t output = outputs; output < paddedOutputs; output++) line[output] = 0;
  }
}

#define CONVOLVE(width) \
  do { \
    Floats8 nnSums[width]; \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      nnSums[i] = (Floats8){0} + (bias && first + i < outputs ? bias[first + i] : 0); \
    } \
    for (int32_t entry = layer->starts[position]; entry < layer->starts[position + 1]; entry++) { \
      const float *x = LANES_AT(input, layer->pixelOfEntry[entry]); \
      const float *w = packed + (size_t)layer->tapOfEntry[entry] * inputs * stride + first; \
      for (size_t channel = 0; channel < inputs; channel++, x += NN_LANES, w += stride) { \
        Floats8 nnInput = NN_LOAD(Floats8, x); \
        _Pragma("unroll") for (size_t i = 0; i < (width); i++) nnSums[i] += nnInput * w[i]; \
      } \
    } \
    float nnTile[(width) * NN_LANES]; \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      NN_STORE(nnTile + i * NN_LANES, nnSums[i]); \
    } \
    nn_clamp(nnTile, (width) * NN_LANES, minimum, maximum); \
    memcpy( \
        LANES_AT(output, (size_t)position * outputs + first), nnTile, \
        nn_minimum((width), outputs - first) * NN_LANES * sizeof(float)); \
  } while (0)

NN_CLONES
void nn_lanes_convolution(
    const NNLaneLayer *layer, const float *input, const float *packed, const float *bias, float minimum,
    float maximum, float *output) {
  size_t inputs = (size_t)layer->inputChannels, outputs = (size_t)layer->outputChannels;
  size_t stride = padded(layer->outputChannels);
  for (int32_t position = 0; position < layer->positions; position++) {
    for (size_t first = 0; first < outputs; first += TILE) {
      if (outputs - first > 4) {
        CONVOLVE(8);
      } else {
        CONVOLVE(4);
      }
    }
  }
}

#define SPREAD(width) \
  do { \
    Floats8 nnSums[width]; \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) nnSums[i] = (Floats8){0}; \
    const float *g = slopes, *w = line + first; \
    for (size_t channel = 0; channel < outputs; channel++, g += NN_LANES, w += stride) { \
      Floats8 nnSlope = NN_LOAD(Floats8, g); \
      _Pragma("unroll") for (size_t i = 0; i < (width); i++) nnSums[i] += nnSlope * w[i]; \
    } \
    float *nnTarget = LANES_AT(pixel, first); \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      if (first + i < inputs) { \
        NN_STORE(nnTarget + i * NN_LANES, NN_LOAD(Floats8, nnTarget + i * NN_LANES) + nnSums[i]); \
      } \
    } \
  } while (0)

NN_CLONES
void nn_lanes_convolution_inputs(
    const NNLaneLayer *layer, const float *gradient, const float *packed, float *inputGradient) {
  size_t inputs = (size_t)layer->inputChannels, outputs = (size_t)layer->outputChannels;
  size_t stride = padded(layer->inputChannels);
  packed += forward_count(layer);
  for (int32_t position = 0; position < layer->positions; position++) {
    const float *slopes = LANES_AT(gradient, (size_t)position * outputs);
    for (int32_t entry = layer->starts[position]; entry < layer->starts[position + 1]; entry++) {
      float *pixel = LANES_AT(inputGradient, layer->pixelOfEntry[entry]);
      const float *line = packed + (size_t)layer->tapOfEntry[entry] * outputs * stride;
      for (size_t first = 0; first < inputs; first += TILE) {
        if (inputs - first > 4) {
          SPREAD(8);
        } else {
          SPREAD(4);
        }
      }
    }
  }
}

/// Sums the products of four outputs and four inputs over all positions that a tap has.
NN_CLONES
static void add_block(
    const NNLaneLayer *layer, int32_t tap, size_t output, size_t channel, const float *gradient,
    const float *input, float *filterGradient) {
  size_t inputs = (size_t)layer->inputChannels, outputs = (size_t)layer->outputChannels;
  size_t rows = nn_minimum(4, outputs - output), columns = nn_minimum(4, inputs - channel);
  size_t g[4], x[4];
  for (size_t i = 0; i < 4; i++) {
    g[i] = (output + nn_minimum(i, rows - 1)) * NN_LANES;
    x[i] = (channel + nn_minimum(i, columns - 1)) * NN_LANES;
  }
  Floats8 sums[4][4];
  _Pragma("unroll") for (size_t i = 0; i < 4; i++) {
    _Pragma("unroll") for (size_t j = 0; j < 4; j++) sums[i][j] = (Floats8){0};
  }
  for (int32_t entry = layer->startsByTap[tap]; entry < layer->startsByTap[tap + 1]; entry++) {
    const float *slopes = LANES_AT(gradient, (size_t)layer->positionByTap[entry] * outputs);
    const float *pixel = LANES_AT(input, layer->pixelByTap[entry]);
    Floats8 numbers[4];
    _Pragma("unroll") for (size_t j = 0; j < 4; j++) numbers[j] = NN_LOAD(Floats8, pixel + x[j]);
    _Pragma("unroll") for (size_t i = 0; i < 4; i++) {
      Floats8 slope = NN_LOAD(Floats8, slopes + g[i]);
      _Pragma("unroll") for (size_t j = 0; j < 4; j++) sums[i][j] += slope * numbers[j];
    }
  }
  size_t depth = (size_t)layer->taps * inputs;
  float *target = filterGradient + output * depth + (size_t)tap * inputs + channel;
  for (size_t i = 0; i < rows; i++) {
    LANES_ADD_SUMS(target + i * depth, sums[i][0], sums[i][1], sums[i][2], sums[i][3], columns);
  }
}

NN_CLONES
static void add_bias(const NNLaneLayer *layer, const float *gradient, float *biasGradient) {
  size_t outputs = (size_t)layer->outputChannels;
  for (size_t output = 0; output < outputs; output++) {
    Floats8 sum = {0};
    for (int32_t position = 0; position < layer->positions; position++) {
      sum += NN_LOAD(Floats8, LANES_AT(gradient, (size_t)position * outputs + output));
    }
    LANES_ADD_SUMS(biasGradient + output, sum, sum, sum, sum, 1);
  }
}

void nn_lanes_convolution_weights(
    const NNLaneLayer *layer, const float *gradient, const float *input, float *filterGradient,
    float *biasGradient) {
  size_t inputs = (size_t)layer->inputChannels, outputs = (size_t)layer->outputChannels;
  for (int32_t tap = 0; tap < layer->taps; tap++) {
    for (size_t output = 0; output < outputs; output += 4) {
      for (size_t channel = 0; channel < inputs; channel += 4) {
        add_block(layer, tap, output, channel, gradient, input, filterGradient);
      }
    }
  }
  if (biasGradient) add_bias(layer, gradient, biasGradient);
}
