#include "product.h"
#include "requantize.h"

#pragma STDC FP_CONTRACT OFF

/// What the blocks of an int8 convolution share.
typedef struct {
  const NNRequantization *quantization;
  int32_t *bias;
  int8_t *output;
} Context;

size_t nn_convolution_int8_scratch(const NNConvolution *shape, int32_t flip) {
  NNScratch scratch = {NULL, 0};
  NNProduct product = nn_make_product(shape, flip, &scratch);
  nn_take(&scratch, product.paddedChannels * sizeof(int32_t));
  return scratch.used;
}

/// Adds the weights' offset times the sum of a row's inputs to its sums.
NN_CLONES
static void add_filter_offset(const NNProduct *product, int32_t offset, size_t count) {
  for (size_t pixel = 0; pixel < count; pixel++) {
    const int16_t *row = product->rows + pixel * product->paddedDepth;
    uint32_t sum = 0;
    for (size_t index = 0; index < product->depth; index++) sum += (uint32_t)(int32_t)row[index];
    uint32_t *sums = (uint32_t *)product->sums + pixel * product->paddedChannels;
    for (size_t channel = 0; channel < product->channels; channel++) {
      sums[channel] += sum * (uint32_t)offset;
    }
  }
}

NN_CLONES
static void write_block(const NNProduct *product, const Context *context, size_t first, size_t count) {
  nn_requantize(
      context->quantization, context->bias, product->sums, product->paddedChannels, count,
      product->channels, context->output + first * product->channels);
}

static void finish(
    const NNProduct *product, const void *shared, const int8_t *filter, size_t first, size_t count) {
  const Context *context = shared;
  nn_multiply(product, filter, count, 0, product->depth);
  int32_t offset = context->quantization->filterOffset;
  if (offset) add_filter_offset(product, offset, count);
  write_block(product, context, first, count);
}

/// What `widen` needs to know of a pixel.
typedef struct {
  size_t channels;
  int16_t offset;
  int8_t flip;
} Widening;

NN_CLONES
static void widen(void *target, const void *source, int32_t count, const void *shared) {
  const Widening *widening = shared;
  const int8_t *from = source;
  int16_t *to = target, offset = widening->offset;
  int8_t flip = widening->flip;
  size_t elements = (size_t)count * widening->channels, index = 0;
  for (; index + 16 <= elements; index += 16) {
    Bytes16 signedElements = NN_LOAD(Bytes16, from + index) ^ flip;
    NN_STORE(to + index, __builtin_convertvector(signedElements, Shorts16) + offset);
  }
  for (; index < elements; index++) to[index] = (int16_t)((int8_t)(from[index] ^ flip) + offset);
}

void nn_convolution_int8(
    const NNConvolution *shape, const NNRequantization *quantization, const int8_t *input,
    const int8_t *filter, int8_t *output, void *memory) {
  NNScratch scratch = {memory, 0};
  NNProduct product = nn_make_product(shape, quantization->flip, &scratch);
  Context context = {
      quantization, nn_take(&scratch, product.paddedChannels * sizeof(int32_t)), output};
  nn_padded_bias(context.bias, quantization->bias, product.channels);
  Widening widening = {
      (size_t)shape->inputChannels,
      (int16_t)quantization->inputOffset,
      (int8_t)quantization->flip,
  };
  NNStages stages = {widen, &widening, (size_t)shape->inputChannels, finish, &context};
  nn_run_product(&product, shape, &stages, input, filter, quantization->flip);
}

/// What the blocks of a hybrid convolution share.
typedef struct {
  const NNHybrid *hybrid;
  float *output;
} HybridContext;

NN_CLONES
static void finish_hybrid(
    const NNProduct *product, const void *shared, const int8_t *filter, size_t first, size_t count) {
  const HybridContext *context = shared;
  const NNHybrid *hybrid = context->hybrid;
  nn_multiply(product, filter, count, 0, product->depth);
  float *output = context->output + first * product->channels;
  for (size_t pixel = 0; pixel < count; pixel++) {
    const int32_t *sums = product->sums + pixel * product->paddedChannels;
    float scale = hybrid->inputScales[hybrid->scalesPerPixel ? first + pixel : 0];
    for (size_t channel = 0; channel < product->channels; channel++) {
      float filterScale = hybrid->filterScales[channel];
      float real = hybrid->filterScaleFirst ? (float)sums[channel] * filterScale * scale
                                            : (float)sums[channel] * (scale * filterScale);
      float value = (hybrid->bias ? hybrid->bias[channel] : 0) + real;
      value = value < hybrid->minimum ? hybrid->minimum : value;
      *output++ = hybrid->maximum < value ? hybrid->maximum : value;
    }
  }
}

/// Copies inputs that are 16 bits wide already.
static void copy(void *target, const void *source, int32_t count, const void *channels) {
  memcpy(target, source, (size_t)count * *(const size_t *)channels * sizeof(int16_t));
}

size_t nn_convolution_hybrid_scratch(const NNConvolution *shape) {
  NNScratch scratch = {NULL, 0};
  nn_make_product(shape, 0, &scratch);
  return scratch.used;
}

void nn_convolution_hybrid(
    const NNConvolution *shape, const NNHybrid *hybrid, const int16_t *input, const int8_t *filter,
    float *output, void *memory) {
  NNScratch scratch = {memory, 0};
  NNProduct product = nn_make_product(shape, 0, &scratch);
  HybridContext context = {hybrid, output};
  size_t channels = (size_t)shape->inputChannels;
  NNStages stages = {copy, &channels, channels * sizeof(int16_t), finish_hybrid, &context};
  nn_run_product(&product, shape, &stages, input, filter, 0);
}
