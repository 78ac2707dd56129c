#include "requantize.h"

/// A scale of which every element of a vector has the same.
typedef struct {
  Ints8 offset, leftShift, multiplier, rightShift;
} WideScale;

static inline __attribute__((always_inline)) void spread(const NNScale *scale, WideScale *wide) {
  wide->offset = (Ints8){0} + scale->offset;
  wide->leftShift = (Ints8){0} + scale->leftShift;
  wide->multiplier = (Ints8){0} + scale->multiplier;
  wide->rightShift = (Ints8){0} + scale->rightShift;
}

#define SCALED(bytes, scale) \
  NN_SCALE( \
      __builtin_convertvector((bytes) ^ (int8_t)flip, Ints8) + (scale).offset, (scale).multiplier, \
      (scale).leftShift, (scale).rightShift)

NN_CLONES
void nn_sum_int8(
    const NNScale *left, const NNScale *right, const NNScale *output, int32_t sign, int32_t flip,
    int32_t minimum, int32_t maximum, const int8_t *a, const int8_t *b, int8_t *target, size_t count) {
  WideScale first, second, result;
  spread(left, &first);
  spread(right, &second);
  spread(output, &result);
  Ints8 lowest = (Ints8){0} + minimum, highest = (Ints8){0} + maximum;
  for (size_t index = 0; index < count; index += 8) {
    size_t present = count - index < 8 ? count - index : 8;
    Bytes8 x = {0}, y = {0};
    if (present == 8) {
      x = NN_LOAD(Bytes8, a + index);
      y = NN_LOAD(Bytes8, b + index);
    } else {
      memcpy(&x, a + index, present);
      memcpy(&y, b + index, present);
    }
    Ints8 sum = SCALED(x, first) + SCALED(y, second) * sign;
    Ints8 value = NN_SCALE(sum, result.multiplier, result.leftShift, result.rightShift) + result.offset;
    value = __builtin_elementwise_min(__builtin_elementwise_max(value, lowest), highest);
    Bytes8 stored = __builtin_convertvector(value, Bytes8);
    if (present == 8) {
      NN_STORE(target + index, stored);
    } else {
      memcpy(target + index, &stored, present);
    }
  }
}
