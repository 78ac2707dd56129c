#ifndef NNOPT_CKERNELS_H
#define NNOPT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "NNLanes.h"

#ifdef __cplusplus
extern "C" {
#endif

/// One image of a convolution, NHWC. The input's row under the filter's first row is
/// `output row * strideY - padTop`; rows and columns outside of the input count as zero.
typedef struct {
  int32_t inputHeight, inputWidth, inputChannels;
  int32_t outputHeight, outputWidth, outputChannels;
  int32_t filterHeight, filterWidth;
  int32_t strideY, strideX;
  int32_t dilationY, dilationX;
  int32_t padTop, padLeft;
} NNConvolution;

/// How 8-bit operands are read, and how 32-bit sums become stored outputs. The arrays have one element
/// per output channel, and as many more as fill the last group of eight.
typedef struct {
  /// 31-bit fractions, not negative.
  const int32_t *multipliers;
  const int32_t *leftShifts;
  const int32_t *rightShifts;
  /// One element per output channel, or NULL.
  const int32_t *bias;
  /// -128 where inputs, weights and outputs are unsigned, and 0 where they are signed. Unsigned operands
  /// are read as signed ones that are smaller by 128; offsets and limits are stated accordingly.
  int32_t flip;
  /// Added to inputs, -127...128.
  int32_t inputOffset;
  /// Added to weights.
  int32_t filterOffset;
  int32_t outputOffset;
  int32_t minimum, maximum;
} NNRequantization;

/// How sums of a 16-bit operator become stored outputs; one element per output channel.
typedef struct {
  /// 31-bit fractions for sums of 32 bits, 15-bit ones for sums of 64 bits.
  const int32_t *multipliers;
  /// For sums of 32 bits.
  const int32_t *leftShifts;
  const int32_t *rightShifts;
  /// At most one of both is not NULL.
  const int32_t *bias32;
  const int64_t *bias64;
  int32_t sumsIn32Bits;
  int32_t outputOffset;
  int32_t minimum, maximum;
} NNWideRequantization;

/// How integer sums of a hybrid operator become real outputs: sum · (input scale · filter scale) + bias, or
/// (sum · filter scale) · input scale + bias.
typedef struct {
  /// One element per output pixel, or one for all.
  const float *inputScales;
  int32_t scalesPerPixel;
  /// One element per output channel.
  const float *filterScales;
  int32_t filterScaleFirst;
  /// One element per output channel, or NULL.
  const float *bias;
  float minimum, maximum;
} NNHybrid;

/// Bytes of scratch memory, aligned to 64, that a kernel needs for a shape.
size_t nn_convolution_int8_scratch(const NNConvolution *shape, int32_t flip);
size_t nn_depthwise_int8_scratch(const NNConvolution *shape, int32_t flip);
size_t nn_convolution_int16_scratch(const NNConvolution *shape);
size_t nn_depthwise_int16_scratch(const NNConvolution *shape);
size_t nn_convolution_hybrid_scratch(const NNConvolution *shape);
size_t nn_convolution_float_scratch(const NNConvolution *shape);
size_t nn_depthwise_float_scratch(const NNConvolution *shape);

/// Convolution with a filter of outputChannels × filterHeight × filterWidth × inputChannels.
void nn_convolution_int8(
    const NNConvolution *shape, const NNRequantization *requantization, const int8_t *input,
    const int8_t *filter, int8_t *output, void *scratch);

/// Depthwise convolution with a filter of filterHeight × filterWidth × outputChannels, in which
/// neighbouring outputChannels / inputChannels outputs read the same input channel.
void nn_depthwise_int8(
    const NNConvolution *shape, const NNRequantization *requantization, const int8_t *input,
    const int8_t *filter, int8_t *output, void *scratch);

/// int16 forms, without zero points. The depthwise one takes less than 512 taps.
void nn_convolution_int16(
    const NNConvolution *shape, const NNWideRequantization *quantization, const int16_t *input,
    const int8_t *filter, int16_t *output, void *scratch);
void nn_depthwise_int16(
    const NNConvolution *shape, const NNWideRequantization *quantization, const int16_t *input,
    const int8_t *filter, int16_t *output, void *scratch);

/// float32 convolution whose inputs are quantized to -255...255.
void nn_convolution_hybrid(
    const NNConvolution *shape, const NNHybrid *hybrid, const int16_t *input, const int8_t *filter,
    float *output, void *scratch);

/// float32 forms; sums are clamped to minimum...maximum after the bias, which may be NULL, is added.
/// Sums run in the order of the filter and nothing is fused: the bits are those of a plain loop.
void nn_convolution_float(
    const NNConvolution *shape, const float *bias, float minimum, float maximum, const float *input,
    const float *filter, float *output, void *scratch);
void nn_depthwise_float(
    const NNConvolution *shape, const float *bias, float minimum, float maximum, const float *input,
    const float *filter, float *output, void *scratch);

/// Pools of 8-bit elements over windows of filterHeight × filterWidth; `flip` as in NNRequantization.
/// The mean is rounded half away from zero. Scratch memory: four bytes per channel, aligned to 64.
void nn_average_pool_int8(
    const NNConvolution *shape, int32_t flip, int32_t minimum, int32_t maximum, const int8_t *input,
    int8_t *output, void *scratch);
void nn_max_pool_int8(
    const NNConvolution *shape, int32_t flip, int32_t minimum, int32_t maximum, const int8_t *input,
    int8_t *output, void *scratch);
void nn_average_pool_float(
    const NNConvolution *shape, float minimum, float maximum, const float *input, float *output,
    void *scratch);
void nn_max_pool_float(
    const NNConvolution *shape, float minimum, float maximum, const float *input, float *output,
    void *scratch);

/// One operand or the result of a quantized sum:
/// (stored + offset) · 2^leftShift · multiplier / 2^(31 + rightShift).
typedef struct {
  int32_t offset, leftShift, multiplier, rightShift;
} NNScale;

/// Adds stored bytes that differ in scale: both operands are scaled, the second multiplied by `sign`,
/// their sum scaled by `output`, whose offset is added afterwards. `flip` as in NNRequantization.
void nn_sum_int8(
    const NNScale *left, const NNScale *right, const NNScale *output, int32_t sign, int32_t flip,
    int32_t minimum, int32_t maximum, const int8_t *a, const int8_t *b, int8_t *target, size_t count);

#ifdef __cplusplus
}
#endif

#endif
