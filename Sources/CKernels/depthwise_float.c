#include "lines.h"

#pragma STDC FP_CONTRACT OFF

/// A depthwise convolution over lines in which every input channel is repeated for its outputs.
typedef struct {
  size_t taps, channels, paddedChannels;
  float *bias;
  float *weights;
  const float **starts;
  float *sums;
  NNLines lines;
} Plan;

static Plan make_plan(const NNConvolution *shape, NNScratch *scratch) {
  Plan plan;
  plan.taps = (size_t)shape->filterHeight * (size_t)shape->filterWidth;
  plan.channels = (size_t)shape->outputChannels;
  plan.paddedChannels = nn_round_up(plan.channels, 8);
  plan.bias = nn_take(scratch, plan.paddedChannels * sizeof(float));
  plan.weights = nn_take(scratch, plan.taps * plan.paddedChannels * sizeof(float));
  plan.starts = nn_take(scratch, plan.taps * sizeof(float *));
  plan.sums = nn_take(scratch, plan.paddedChannels * sizeof(float));
  plan.lines = nn_lines(shape, plan.paddedChannels * sizeof(float), scratch);
  return plan;
}

size_t nn_depthwise_float_scratch(const NNConvolution *shape) {
  NNScratch scratch = {NULL, 0};
  make_plan(shape, &scratch);
  return scratch.used;
}

/// What `repeat` needs to know of a pixel.
typedef struct {
  size_t inputChannels, multiplier, paddedChannels;
} Repetition;

static void repeat(void *target, const void *source, int32_t count, const void *context) {
  const Repetition *repetition = context;
  size_t channels = repetition->inputChannels, multiplier = repetition->multiplier;
  size_t stride = repetition->paddedChannels;
  const float *from = source;
  float *to = target;
  if (channels == stride) {
    memcpy(to, from, (size_t)count * channels * sizeof(float));
    return;
  }
  for (int32_t pixel = 0; pixel < count; pixel++, from += channels, to += stride) {
    memset(to + channels * multiplier, 0, (stride - channels * multiplier) * sizeof(float));
    for (size_t channel = 0; channel < channels; channel++) {
      for (size_t copy = 0; copy < multiplier; copy++) to[channel * multiplier + copy] = from[channel];
    }
  }
}

/// Sums, biases and clamps one row of outputs. Taps are added in order.
NN_CLONES
static void write_row(
    const Plan *plan, const NNConvolution *shape, float minimum, float maximum, float *output) {
  size_t stride = plan->paddedChannels, step = (size_t)shape->strideX * stride;
  Floats8 lowest = (Floats8){0} + minimum, highest = (Floats8){0} + maximum;
  for (size_t column = 0; column < (size_t)shape->outputWidth; column++, output += plan->channels) {
    for (size_t channel = 0; channel < stride; channel += 8) {
      size_t first = column * step + channel;
      const float *weights = plan->weights + channel;
      Floats8 sum = {0};
      for (size_t tap = 0; tap < plan->taps; tap++, weights += stride) {
        Floats8 products = NN_LOAD(Floats8, plan->starts[tap] + first) * NN_LOAD(Floats8, weights);
        sum += products;
      }
      sum += NN_LOAD(Floats8, plan->bias + channel);
      Ints8 isLow = sum < lowest;
      sum = (Floats8)((isLow & (Ints8)lowest) | (~isLow & (Ints8)sum));
      Ints8 isHigh = highest < sum;
      sum = (Floats8)((isHigh & (Ints8)highest) | (~isHigh & (Ints8)sum));
      if (channel + 8 <= plan->channels) {
        NN_STORE(output + channel, sum);
      } else {
        memcpy(output + channel, &sum, (plan->channels - channel) * sizeof(float));
      }
    }
  }
}

/// Fills the channels of a row of weights or biases up to a multiple of eight.
static void pad_channels(const Plan *plan, float *target, const float *source, size_t rows) {
  memset(target, 0, rows * plan->paddedChannels * sizeof(float));
  for (size_t row = 0; row < rows; row++) {
    memcpy(
        target + row * plan->paddedChannels, source + row * plan->channels,
        plan->channels * sizeof(float));
  }
}

void nn_depthwise_float(
    const NNConvolution *shape, const float *bias, float minimum, float maximum, const float *input,
    const float *filter, float *output, void *memory) {
  NNScratch scratch = {memory, 0};
  Plan plan = make_plan(shape, &scratch);
  Repetition repetition = {
      (size_t)shape->inputChannels,
      (size_t)shape->outputChannels / (size_t)shape->inputChannels,
      plan.paddedChannels,
  };
  pad_channels(&plan, plan.bias, bias, bias ? 1 : 0);
  if (!bias) memset(plan.bias, 0, plan.paddedChannels * sizeof(float));
  pad_channels(&plan, plan.weights, filter, plan.taps);
  size_t pixelBytes = (size_t)shape->inputChannels * sizeof(float);
  for (int32_t row = 0; row < shape->outputHeight; row++) {
    nn_advance(&plan.lines, shape, row, (const char *)input, pixelBytes, repeat, &repetition);
    for (size_t tap = 0; tap < plan.taps; tap++) {
      int32_t tapRow = (int32_t)tap / shape->filterWidth, tapColumn = (int32_t)tap % shape->filterWidth;
      const char *line = nn_line(&plan.lines, row * shape->strideY + tapRow * shape->dilationY);
      plan.starts[tap] = (const float *)(const void *)line
          + (size_t)tapColumn * (size_t)shape->dilationX * plan.paddedChannels;
    }
    write_row(&plan, shape, minimum, maximum, output);
    output += (size_t)shape->outputWidth * plan.channels;
  }
}
