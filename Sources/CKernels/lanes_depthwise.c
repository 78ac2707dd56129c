#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

/// Sums `width` neighbouring outputs of a position; the output after `i` reads the input `place(i)`.
#define FILTER(width, place) \
  do { \
    Floats8 nnSums[width]; \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      nnSums[i] = (Floats8){0} + (bias ? bias[first + i] : 0); \
    } \
    for (int32_t entry = layer->starts[position]; entry < layer->starts[position + 1]; entry++) { \
      const float *pixel = LANES_AT(input, layer->pixelOfEntry[entry]); \
      const float *weights = filter + (size_t)layer->tapOfEntry[entry] * outputs + first; \
      _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
        nnSums[i] += NN_LOAD(Floats8, LANES_AT(pixel, place)) * weights[i]; \
      } \
    } \
    float *target = LANES_AT(output, (size_t)position * outputs + first); \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      NN_STORE(LANES_AT(target, i), nnSums[i]); \
    } \
    nn_clamp(target, (width) * NN_LANES, minimum, maximum); \
    first += (width); \
  } while (0)

NN_CLONES
void nn_lanes_depthwise(
    const NNLaneLayer *layer, const float *input, const float *filter, const float *bias, float minimum,
    float maximum, float *output) {
  size_t outputs = (size_t)layer->outputChannels;
  size_t multiplier = outputs / (size_t)layer->inputChannels;
  for (int32_t position = 0; position < layer->positions; position++) {
    size_t first = 0;
    if (multiplier == 1) {
      while (first + 8 <= outputs) FILTER(8, first + i);
      if (first + 4 <= outputs) FILTER(4, first + i);
      while (first < outputs) FILTER(1, first + i);
      continue;
    }
    while (first + 4 <= outputs) FILTER(4, (first + i) / multiplier);
    while (first < outputs) FILTER(1, (first + i) / multiplier);
  }
}

#define ADD_TO(target, value) NN_STORE((target), NN_LOAD(Floats8, (target)) + (value))

NN_CLONES
void nn_lanes_depthwise_gradients(
    const NNLaneLayer *layer, const float *gradient, const float *input, const float *filter,
    float *inputGradient, float *filterGradient, float *biasGradient, float *sums) {
  size_t outputs = (size_t)layer->outputChannels, taps = (size_t)layer->taps;
  size_t multiplier = outputs / (size_t)layer->inputChannels;
  memset(sums, 0, taps * outputs * NN_LANES * sizeof(float));
  for (int32_t position = 0; position < layer->positions; position++) {
    const float *slopes = LANES_AT(gradient, (size_t)position * outputs);
    for (int32_t entry = layer->starts[position]; entry < layer->starts[position + 1]; entry++) {
      size_t row = (size_t)layer->tapOfEntry[entry] * outputs;
      const float *pixel = LANES_AT(input, layer->pixelOfEntry[entry]), *weights = filter + row;
      float *target = inputGradient ? LANES_AT(inputGradient, layer->pixelOfEntry[entry]) : NULL;
      float *totals = LANES_AT(sums, row);
      for (size_t channel = 0; channel < outputs; channel++) {
        size_t place = (multiplier == 1 ? channel : channel / multiplier) * NN_LANES;
        Floats8 slope = NN_LOAD(Floats8, slopes + channel * NN_LANES);
        ADD_TO(totals + channel * NN_LANES, slope * NN_LOAD(Floats8, pixel + place));
        if (target) ADD_TO(target + place, slope * weights[channel]);
      }
    }
  }
  nn_lanes_reduce(sums, taps * outputs, filterGradient);
  if (!biasGradient) return;
  memset(sums, 0, outputs * NN_LANES * sizeof(float));
  for (int32_t position = 0; position < layer->positions; position++) {
    nn_floats_add(
        sums, LANES_AT(gradient, (size_t)position * outputs), 1, outputs * NN_LANES);
  }
  nn_lanes_reduce(sums, outputs, biasGradient);
}
