#ifndef NNOPT_WIDE_H
#define NNOPT_WIDE_H

#include "CKernels.h"
#include "vectors.h"

/// Scales one sum of 32 bits as `NN_SCALE` does.
static inline int32_t nn_scale_one(int32_t sum, int32_t multiplier, int32_t left, int32_t right) {
  int64_t product = (int64_t)(int32_t)((uint32_t)sum << left) * multiplier + (1 << 30);
  int32_t high = (int32_t)(product >> 31);
  int32_t mask = (int32_t)((1u << right) - 1), limit = (mask >> 1) + (high < 0);
  return (high >> right) + ((high & mask) > limit);
}

/// The stored output of a 16-bit operator's sum, to which the bias is still to be added.
static inline int16_t nn_wide_output(
    const NNWideRequantization *quantization, int64_t sum, size_t channel) {
  if (quantization->bias32) sum += quantization->bias32[channel];
  if (quantization->bias64) sum += quantization->bias64[channel];
  int32_t multiplier = quantization->multipliers[channel];
  int32_t right = quantization->rightShifts[channel];
  int32_t value;
  if (quantization->sumsIn32Bits) {
    value = nn_scale_one((int32_t)sum, multiplier, quantization->leftShifts[channel], right);
  } else {
    value = (int32_t)((sum * multiplier + ((int64_t)1 << (right - 1))) >> right);
  }
  value += quantization->outputOffset;
  value = value < quantization->minimum ? quantization->minimum : value;
  return (int16_t)(value > quantization->maximum ? quantization->maximum : value);
}

#endif
