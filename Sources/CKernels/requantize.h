#ifndef NNOPT_REQUANTIZE_H
#define NNOPT_REQUANTIZE_H

#include "CKernels.h"
#include "vectors.h"

/// Scales eight sums: left shift, rounding doubling high multiply, rounding right shift, both half away
/// from zero as gemmlowp does (for products p, floor((p + 2³⁰) / 2³¹) is what it computes).
#define NN_SCALE(sums, multipliers, lefts, rights) \
  ({ \
    Longs8 nnProduct = __builtin_convertvector((sums) << (lefts), Longs8) \
            * __builtin_convertvector((multipliers), Longs8) \
        + (1 << 30); \
    Ints8 nnHigh = __builtin_convertvector(nnProduct >> 31, Ints8); \
    Ints8 nnMask = ((Ints8){1, 1, 1, 1, 1, 1, 1, 1} << (rights)) - 1; \
    Ints8 nnLimit = (nnMask >> 1) - (nnHigh < 0); \
    (nnHigh >> (rights)) - ((nnHigh & nnMask) > nnLimit); \
  })

/// Writes the outputs of `count` pixels whose sums stand in rows of `stride` elements.
static inline __attribute__((always_inline)) void nn_requantize(
    const NNRequantization *quantization, const int32_t *bias, const int32_t *sums, size_t stride,
    size_t count, size_t channels, int8_t *output) {
  Ints8 lowest = (Ints8){0} + quantization->minimum, highest = (Ints8){0} + quantization->maximum;
  Ints8 zero = (Ints8){0} + quantization->outputOffset;
  for (size_t pixel = 0; pixel < count; pixel++, sums += stride, output += channels) {
    for (size_t channel = 0; channel < channels; channel += 8) {
      Ints8 sum = NN_LOAD(Ints8, sums + channel) + NN_LOAD(Ints8, bias + channel);
      Ints8 value = NN_SCALE(
          sum, NN_LOAD(Ints8, quantization->multipliers + channel),
          NN_LOAD(Ints8, quantization->leftShifts + channel),
          NN_LOAD(Ints8, quantization->rightShifts + channel));
      value += zero;
      value = __builtin_elementwise_min(__builtin_elementwise_max(value, lowest), highest);
      Bytes8 stored = __builtin_convertvector(value, Bytes8);
      if (channel + 8 <= channels) {
        NN_STORE(output + channel, stored);
      } else {
        memcpy(output + channel, &stored, channels - channel);
      }
    }
  }
}

/// The bias with its last group of eight filled up.
static inline const int32_t *nn_padded_bias(int32_t *target, const int32_t *bias, size_t channels) {
  memset(target, 0, nn_round_up(channels, 8) * sizeof(int32_t));
  if (bias) memcpy(target, bias, channels * sizeof(int32_t));
  return target;
}

#endif
