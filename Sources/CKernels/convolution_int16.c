#include "product.h"
#include "wide.h"

/// So many products of 16-bit inputs and 8-bit weights sum to less than 2³¹.
enum { PART = 256 };

/// What the blocks of an int16 convolution share.
typedef struct {
  const NNWideRequantization *quantization;
  int64_t *sums;
  int16_t *output;
} Context;

static size_t sum_bytes(const NNProduct *product) {
  return product->blockSize * product->paddedChannels * sizeof(int64_t);
}

size_t nn_convolution_int16_scratch(const NNConvolution *shape) {
  NNScratch scratch = {NULL, 0};
  NNProduct product = nn_make_product(shape, 0, &scratch);
  nn_take(&scratch, sum_bytes(&product));
  return scratch.used;
}

NN_CLONES
static void finish(
    const NNProduct *product, const void *shared, const int8_t *filter, size_t first, size_t count) {
  const Context *context = shared;
  size_t sums = count * product->paddedChannels;
  memset(context->sums, 0, sums * sizeof(int64_t));
  for (size_t from = 0; from < product->depth; from += PART) {
    size_t to = from + PART < product->depth ? from + PART : product->depth;
    nn_multiply(product, filter, count, from, to);
    for (size_t index = 0; index < sums; index++) context->sums[index] += product->sums[index];
  }
  int16_t *output = context->output + first * product->channels;
  for (size_t pixel = 0; pixel < count; pixel++) {
    const int64_t *row = context->sums + pixel * product->paddedChannels;
    for (size_t channel = 0; channel < product->channels; channel++) {
      *output++ = nn_wide_output(context->quantization, row[channel], channel);
    }
  }
}

static void copy(void *target, const void *source, int32_t count, const void *channels) {
  memcpy(target, source, (size_t)count * *(const size_t *)channels * sizeof(int16_t));
}

void nn_convolution_int16(
    const NNConvolution *shape, const NNWideRequantization *quantization, const int16_t *input,
    const int8_t *filter, int16_t *output, void *memory) {
  NNScratch scratch = {memory, 0};
  NNProduct product = nn_make_product(shape, 0, &scratch);
  Context context = {quantization, nn_take(&scratch, sum_bytes(&product)), output};
  size_t channels = (size_t)shape->inputChannels;
  NNStages stages = {copy, &channels, channels * sizeof(int16_t), finish, &context};
  nn_run_product(&product, shape, &stages, input, filter, 0);
}
