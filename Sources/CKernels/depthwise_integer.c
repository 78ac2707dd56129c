#include "lines.h"
#include "requantize.h"
#include "wide.h"

/// A depthwise convolution over lines in which every input channel is repeated for its outputs.
typedef struct {
  size_t taps, channels, paddedChannels;
  int32_t *bias;
  int16_t *weights;
  const int16_t **starts;
  int32_t *sums;
  NNLines lines;
} Plan;

static Plan make_plan(const NNConvolution *shape, NNScratch *scratch) {
  Plan plan;
  plan.taps = (size_t)shape->filterHeight * (size_t)shape->filterWidth;
  plan.channels = (size_t)shape->outputChannels;
  plan.paddedChannels = nn_round_up(plan.channels, 8);
  plan.bias = nn_take(scratch, plan.paddedChannels * sizeof(int32_t));
  plan.weights = nn_take(scratch, plan.taps * plan.paddedChannels * sizeof(int16_t));
  plan.starts = nn_take(scratch, plan.taps * sizeof(int16_t *));
  plan.sums =
      nn_take(scratch, (size_t)shape->outputWidth * plan.paddedChannels * sizeof(int32_t));
  plan.lines = nn_lines(shape, plan.paddedChannels * sizeof(int16_t), scratch);
  return plan;
}

size_t nn_depthwise_int8_scratch(const NNConvolution *shape, int32_t flip) {
  NNScratch scratch = {NULL, 0};
  (void)flip;
  make_plan(shape, &scratch);
  return scratch.used;
}

/// What `widen` needs to know of a pixel.
typedef struct {
  size_t inputChannels, multiplier, paddedChannels;
  int16_t offset;
  int8_t flip;
} Widening;

NN_CLONES
static void widen(void *target, const void *source, int32_t count, const void *context) {
  const Widening *widening = context;
  const int8_t *from = source;
  int16_t *to = target, offset = widening->offset;
  int8_t flip = widening->flip;
  size_t channels = widening->inputChannels, multiplier = widening->multiplier;
  if (channels * multiplier < widening->paddedChannels || multiplier > 1) {
    memset(to, 0, (size_t)count * widening->paddedChannels * sizeof(int16_t));
    for (int32_t pixel = 0; pixel < count; pixel++, from += channels, to += widening->paddedChannels) {
      for (size_t channel = 0; channel < channels; channel++) {
        int16_t value = (int16_t)((int8_t)(from[channel] ^ flip) + offset);
        for (size_t copy = 0; copy < multiplier; copy++) to[channel * multiplier + copy] = value;
      }
    }
    return;
  }
  for (size_t index = 0; index < (size_t)count * channels; index += 8) {
    Bytes8 signedElements = NN_LOAD(Bytes8, from + index) ^ flip;
    NN_STORE(to + index, __builtin_convertvector(signedElements, Shorts8) + offset);
  }
}

NN_CLONES
static void widen_weights(const Plan *plan, int8_t flip, int32_t offset, const int8_t *filter) {
  memset(plan->weights, 0, plan->taps * plan->paddedChannels * sizeof(int16_t));
  for (size_t tap = 0; tap < plan->taps; tap++) {
    int16_t *weights = plan->weights + tap * plan->paddedChannels;
    for (size_t channel = 0; channel < plan->channels; channel++) {
      int8_t weight = (int8_t)(filter[tap * plan->channels + channel] ^ flip);
      weights[channel] = (int16_t)(weight + offset);
    }
  }
}

/// Sums eight or sixteen channels of a pixel.
#define SUM_CHANNELS(Shorts, Ints, product) \
  do { \
    size_t nnFirst = column * step + channel; \
    const int16_t *nnWeights = plan->weights + channel; \
    Ints nnSum = {0}; \
    for (size_t tap = 0; tap < plan->taps; tap++, nnWeights += stride) { \
      Shorts nnInput = NN_LOAD(Shorts, plan->starts[tap] + nnFirst); \
      Shorts nnWeight = NN_LOAD(Shorts, nnWeights); \
      nnSum += product(nnInput, nnWeight, Ints); \
    } \
    NN_STORE(sums + channel, nnSum); \
  } while (0)

/// Products of 9-bit inputs and 8-bit weights fit in 16 bits.
#define SHORT_PRODUCT(input, weight, Ints) __builtin_convertvector((input) * (weight), Ints)
/// Products of wider inputs or weights do not.
#define LONG_PRODUCT(input, weight, Ints) \
  (__builtin_convertvector((input), Ints) * __builtin_convertvector((weight), Ints))

NN_CLONES
static void sum_row(const Plan *plan, const NNConvolution *shape, int isLong) {
  size_t stride = plan->paddedChannels, step = (size_t)shape->strideX * stride;
  for (size_t column = 0; column < (size_t)shape->outputWidth; column++) {
    int32_t *sums = plan->sums + column * stride;
    size_t channel = 0;
    if (isLong) {
      for (; channel < stride; channel += 8) SUM_CHANNELS(Shorts8, Ints8, LONG_PRODUCT);
      continue;
    }
    for (; channel + 16 <= stride; channel += 16) SUM_CHANNELS(Shorts16, Ints16, SHORT_PRODUCT);
    for (; channel < stride; channel += 8) SUM_CHANNELS(Shorts8, Ints8, SHORT_PRODUCT);
  }
}

/// What differs between depthwise convolutions of different types.
typedef struct {
  NNConvert widen;
  const Widening *widening;
  size_t inputPixelBytes;
  int isLong;
  /// Writes a row of outputs.
  void (*write)(const Plan *plan, const void *quantization, size_t count, size_t first, void *output);
  const void *quantization;
  void *output;
} Stages;

static void run(Plan *plan, const NNConvolution *shape, const Stages *stages, const void *input) {
  size_t width = (size_t)shape->outputWidth;
  for (int32_t row = 0; row < shape->outputHeight; row++) {
    nn_advance(
        &plan->lines, shape, row, input, stages->inputPixelBytes, stages->widen, stages->widening);
    for (size_t tap = 0; tap < plan->taps; tap++) {
      int32_t tapRow = (int32_t)tap / shape->filterWidth, tapColumn = (int32_t)tap % shape->filterWidth;
      const char *line = nn_line(&plan->lines, row * shape->strideY + tapRow * shape->dilationY);
      plan->starts[tap] = (const int16_t *)(const void *)line
          + (size_t)tapColumn * (size_t)shape->dilationX * plan->paddedChannels;
    }
    sum_row(plan, shape, stages->isLong);
    stages->write(
        plan, stages->quantization, width, (size_t)row * width * plan->channels, stages->output);
  }
}

static Widening make_widening(const NNConvolution *shape, const Plan *plan) {
  size_t inputs = (size_t)shape->inputChannels;
  Widening widening = {inputs, (size_t)shape->outputChannels / inputs, plan->paddedChannels, 0, 0};
  return widening;
}

NN_CLONES
static void write_row(
    const Plan *plan, const void *quantization, size_t count, size_t first, void *output) {
  nn_requantize(
      quantization, plan->bias, plan->sums, plan->paddedChannels, count, plan->channels,
      (int8_t *)output + first);
}

void nn_depthwise_int8(
    const NNConvolution *shape, const NNRequantization *quantization, const int8_t *input,
    const int8_t *filter, int8_t *output, void *memory) {
  NNScratch scratch = {memory, 0};
  Plan plan = make_plan(shape, &scratch);
  Widening widening = make_widening(shape, &plan);
  widening.offset = (int16_t)quantization->inputOffset;
  widening.flip = (int8_t)quantization->flip;
  nn_padded_bias(plan.bias, quantization->bias, plan.channels);
  widen_weights(&plan, widening.flip, quantization->filterOffset, filter);
  Stages stages = {
      widen,     &widening,    (size_t)shape->inputChannels, quantization->filterOffset != 0,
      write_row, quantization, output,
  };
  run(&plan, shape, &stages, input);
}

/// Repeats 16-bit channels and fills pixels up with zeros.
static void repeat(void *target, const void *source, int32_t count, const void *context) {
  const Widening *widening = context;
  const int16_t *from = source;
  int16_t *to = target;
  size_t channels = widening->inputChannels, multiplier = widening->multiplier;
  memset(to, 0, (size_t)count * widening->paddedChannels * sizeof(int16_t));
  for (int32_t pixel = 0; pixel < count; pixel++, from += channels, to += widening->paddedChannels) {
    for (size_t channel = 0; channel < channels; channel++) {
      for (size_t copy = 0; copy < multiplier; copy++) to[channel * multiplier + copy] = from[channel];
    }
  }
}

NN_CLONES
static void write_wide_row(
    const Plan *plan, const void *quantization, size_t count, size_t first, void *output) {
  int16_t *target = (int16_t *)output + first;
  for (size_t pixel = 0; pixel < count; pixel++) {
    const int32_t *sums = plan->sums + pixel * plan->paddedChannels;
    for (size_t channel = 0; channel < plan->channels; channel++) {
      *target++ = nn_wide_output(quantization, sums[channel], channel);
    }
  }
}

size_t nn_depthwise_int16_scratch(const NNConvolution *shape) {
  return nn_depthwise_int8_scratch(shape, 0);
}

void nn_depthwise_int16(
    const NNConvolution *shape, const NNWideRequantization *quantization, const int16_t *input,
    const int8_t *filter, int16_t *output, void *memory) {
  NNScratch scratch = {memory, 0};
  Plan plan = make_plan(shape, &scratch);
  Widening widening = make_widening(shape, &plan);
  widen_weights(&plan, 0, 0, filter);
  size_t pixelBytes = (size_t)shape->inputChannels * sizeof(int16_t);
  Stages stages = {repeat, &widening, pixelBytes, 1, write_wide_row, quantization, output};
  run(&plan, shape, &stages, input);
}
