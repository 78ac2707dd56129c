#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

NN_CLONES
void nn_floats_add(float *restrict target, const float *restrict source, float factor, size_t count) {
  for (size_t index = 0; index < count; index++) target[index] += factor * source[index];
}

NN_CLONES
void nn_floats_sum(
    float *restrict target, const float *restrict left, const float *restrict right, float factor,
    float minimum, float maximum, size_t count) {
  for (size_t index = 0; index < count; index++) {
    float value = left[index] + factor * right[index];
    value = value < minimum ? minimum : value;
    target[index] = maximum < value ? maximum : value;
  }
}

NN_CLONES
void nn_floats_clear_outside(
    float *restrict slope, const float *restrict number, float minimum, float maximum, size_t count) {
  for (size_t index = 0; index < count; index++) {
    float old = slope[index];
    slope[index] = ((number[index] > minimum) & (number[index] < maximum)) ? old : 0;
  }
}

NN_CLONES
void nn_floats_add_inside(
    float *restrict target, const float *restrict number, const float *restrict slope, float minimum,
    float maximum, size_t count) {
  for (size_t index = 0; index < count; index++) {
    float addend = slope[index];
    target[index] += ((number[index] > minimum) & (number[index] < maximum)) ? addend : 0;
  }
}

/// One step for eight parameters.
#define ADAM(slopes, means, squares, numbers) \
  do { \
    Floats8 nnSlope = NN_LOAD(Floats8, (slopes)); \
    Floats8 nnMean = \
        NN_LOAD(Floats8, (means)) * settings.meanDecay + nnSlope * (1 - settings.meanDecay); \
    Floats8 nnSquare = NN_LOAD(Floats8, (squares)) * settings.squareDecay \
                       + nnSlope * nnSlope * (1 - settings.squareDecay); \
    NN_STORE((means), nnMean); \
    NN_STORE((squares), nnSquare); \
    Floats8 nnRoot = __builtin_elementwise_sqrt(nnSquare * settings.squareScale) + 1e-12f; \
    NN_STORE((numbers), NN_LOAD(Floats8, (numbers)) - nnMean * settings.rate / nnRoot); \
  } while (0)

NN_CLONES
void nn_adam(
    NNAdam settings, const float *slopes, float *means, float *squares, float *numbers, size_t count) {
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    ADAM(slopes + index, means + index, squares + index, numbers + index);
  }
  size_t rest = (count - index) * sizeof(float);
  float parts[4][8] = {{0}};
  memcpy(parts[0], slopes + index, rest);
  memcpy(parts[1], means + index, rest);
  memcpy(parts[2], squares + index, rest);
  memcpy(parts[3], numbers + index, rest);
  ADAM(parts[0], parts[1], parts[2], parts[3]);
  memcpy(means + index, parts[1], rest);
  memcpy(squares + index, parts[2], rest);
  memcpy(numbers + index, parts[3], rest);
}

NN_CLONES
void nn_lanes_reduce(const float *lanes, size_t count, float *target) {
  for (size_t first = 0; first < count; first += 4) {
    size_t present = nn_minimum(4, count - first);
    Floats8 parts[4];
    for (size_t i = 0; i < 4; i++) {
      parts[i] = NN_LOAD(Floats8, LANES_AT(lanes, first + nn_minimum(i, present - 1)));
    }
    LANES_ADD_SUMS(target + first, parts[0], parts[1], parts[2], parts[3], present);
  }
}

NN_CLONES
void nn_floats_clamp(float *target, const float *source, float minimum, float maximum, size_t count) {
  for (size_t index = 0; index < count; index++) {
    float value = source[index];
    value = value < minimum ? minimum : value;
    target[index] = maximum < value ? maximum : value;
  }
}
