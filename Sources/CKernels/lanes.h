#ifndef NNOPT_LANES_COMMON_H
#define NNOPT_LANES_COMMON_H

#include "NNLanes.h"
#include "vectors.h"

/// The first lane of an element.
#define LANES_AT(base, element) ((base) + (size_t)(element) * NN_LANES)

static inline size_t nn_minimum(size_t a, size_t b) { return a < b ? a : b; }

static inline void nn_clamp(float *values, size_t count, float minimum, float maximum) {
  for (size_t index = 0; index < count; index++) {
    float value = values[index];
    value = value < minimum ? minimum : value;
    values[index] = maximum < value ? maximum : value;
  }
}

/// Adds the lane sums of up to four vectors to neighbouring numbers.
#define LANES_ADD_SUMS(target, a, b, c, d, count) \
  do { \
    Floats4 nnTotals = NN_FOUR_SUMS((a), (b), (c), (d)); \
    for (size_t nnIndex = 0; nnIndex < (count); nnIndex++) (target)[nnIndex] += nnTotals[nnIndex]; \
  } while (0)

#endif
