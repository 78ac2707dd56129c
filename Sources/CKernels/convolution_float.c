#include "lines.h"

#pragma STDC FP_CONTRACT OFF

/// Output channels of a panel of packed weights.
enum { PANEL = 8 };

/// A convolution as a matrix product: rows of gathered inputs by panels of weights, in which the weights
/// of eight output channels stand side by side. Every output is summed in the order of the filter, so
/// that it has the same bits as a plain loop's.
typedef struct {
  size_t depth, channels, panels, paddedChannels;
  size_t pixels, blockSize;
  /// One panel where all pixels form one block, and all panels otherwise.
  float *packed;
  float *rows;
  float *sums;
  NNLines lines;
} Plan;

static Plan make_plan(const NNConvolution *shape, NNScratch *scratch) {
  Plan plan;
  plan.depth =
      (size_t)shape->filterHeight * (size_t)shape->filterWidth * (size_t)shape->inputChannels;
  plan.channels = (size_t)shape->outputChannels;
  plan.panels = (plan.channels + PANEL - 1) / PANEL;
  plan.paddedChannels = plan.panels * PANEL;
  plan.pixels = (size_t)shape->outputHeight * (size_t)shape->outputWidth;
  plan.blockSize = (size_t)nn_block_size(
      plan.depth * sizeof(float), plan.paddedChannels * sizeof(float), plan.pixels);
  size_t kept = plan.pixels > plan.blockSize ? plan.panels : 2;
  plan.packed = nn_take(scratch, kept * PANEL * plan.depth * sizeof(float));
  plan.rows = nn_take(scratch, (plan.blockSize * plan.depth + 16) * sizeof(float));
  plan.sums = nn_take(scratch, plan.blockSize * plan.paddedChannels * sizeof(float));
  if (!nn_is_pointwise(shape)) {
    plan.lines = nn_lines(shape, (size_t)shape->inputChannels * sizeof(float), scratch);
  }
  return plan;
}

size_t nn_convolution_float_scratch(const NNConvolution *shape) {
  NNScratch scratch = {NULL, 0};
  make_plan(shape, &scratch);
  return scratch.used;
}

/// Turns eight rows of eight into columns.
#define TRANSPOSE(r, c) \
  do { \
    Floats8 nnPairs[8], nnFours[8]; \
    _Pragma("unroll") for (int i = 0; i < 4; i++) { \
      nnPairs[2 * i] = __builtin_shufflevector((r)[2 * i], (r)[2 * i + 1], 0, 8, 1, 9, 4, 12, 5, 13); \
      nnPairs[2 * i + 1] = \
          __builtin_shufflevector((r)[2 * i], (r)[2 * i + 1], 2, 10, 3, 11, 6, 14, 7, 15); \
    } \
    _Pragma("unroll") for (int i = 0; i < 2; i++) { \
      nnFours[4 * i] = __builtin_shufflevector( \
          nnPairs[4 * i], nnPairs[4 * i + 2], 0, 1, 8, 9, 4, 5, 12, 13); \
      nnFours[4 * i + 1] = __builtin_shufflevector( \
          nnPairs[4 * i], nnPairs[4 * i + 2], 2, 3, 10, 11, 6, 7, 14, 15); \
      nnFours[4 * i + 2] = __builtin_shufflevector( \
          nnPairs[4 * i + 1], nnPairs[4 * i + 3], 0, 1, 8, 9, 4, 5, 12, 13); \
      nnFours[4 * i + 3] = __builtin_shufflevector( \
          nnPairs[4 * i + 1], nnPairs[4 * i + 3], 2, 3, 10, 11, 6, 7, 14, 15); \
    } \
    _Pragma("unroll") for (int i = 0; i < 4; i++) { \
      (c)[i] = __builtin_shufflevector(nnFours[i], nnFours[4 + i], 0, 1, 2, 3, 8, 9, 10, 11); \
      (c)[4 + i] = __builtin_shufflevector(nnFours[i], nnFours[4 + i], 4, 5, 6, 7, 12, 13, 14, 15); \
    } \
  } while (0)

/// Packs the weights of eight output channels; those beyond the last are zero.
NN_CLONES
static void pack(const Plan *plan, const float *filter, size_t panel, float *target) {
  size_t depth = plan->depth, first = panel * PANEL, index = 0;
  size_t present = plan->channels - first < PANEL ? plan->channels - first : PANEL;
  filter += first * depth;
  if (present == PANEL) {
    for (; index + 8 <= depth; index += 8) {
      Floats8 rows[8], columns[8];
      _Pragma("unroll") for (size_t row = 0; row < 8; row++) {
        rows[row] = NN_LOAD(Floats8, filter + row * depth + index);
      }
      TRANSPOSE(rows, columns);
      _Pragma("unroll") for (size_t column = 0; column < 8; column++) {
        NN_STORE(target + (index + column) * PANEL, columns[column]);
      }
    }
  }
  for (; index < depth; index++) {
    for (size_t row = 0; row < PANEL; row++) {
      target[index * PANEL + row] = row < present ? filter[row * depth + index] : 0;
    }
  }
}

/// Multiplies `pixels` rows by `panels` neighbouring panels.
#define MULTIPLY_TILE(pixels, panels) \
  do { \
    Floats8 nnSums[pixels][panels]; \
    _Pragma("unroll") for (size_t p = 0; p < pixels; p++) { \
      _Pragma("unroll") for (size_t q = 0; q < panels; q++) nnSums[p][q] = (Floats8){0}; \
    } \
    for (size_t k = 0; k < depth; k++) { \
      _Pragma("unroll") for (size_t p = 0; p < pixels; p++) { \
        float nnInput = rows[p * depth + k]; \
        _Pragma("unroll") for (size_t q = 0; q < panels; q++) { \
          nnSums[p][q] += NN_LOAD(Floats8, weights + (q * depth + k) * PANEL) * nnInput; \
        } \
      } \
    } \
    _Pragma("unroll") for (size_t p = 0; p < pixels; p++) { \
      _Pragma("unroll") for (size_t q = 0; q < panels; q++) { \
        NN_STORE(sums + p * plan->paddedChannels + q * PANEL, nnSums[p][q]); \
      } \
    } \
  } while (0)

NN_CLONES
static void multiply(
    const Plan *plan, const float *rows, size_t count, size_t panel, size_t panels,
    const float *weights) {
  size_t depth = plan->depth, pixel = 0;
  float *sums = plan->sums + panel * PANEL;
  for (; pixel + 4 <= count; pixel += 4, rows += 4 * depth, sums += 4 * plan->paddedChannels) {
    if (panels == 2) {
      MULTIPLY_TILE(4, 2);
    } else {
      MULTIPLY_TILE(4, 1);
    }
  }
  for (; pixel < count; pixel++, rows += depth, sums += plan->paddedChannels) {
    if (panels == 2) {
      MULTIPLY_TILE(1, 2);
    } else {
      MULTIPLY_TILE(1, 1);
    }
  }
}

/// The operands of every block.
typedef struct {
  const float *filter, *bias;
  float minimum, maximum;
} Operands;

NN_CLONES
static void write_block(const Plan *plan, Operands operands, size_t count, float *output) {
  for (size_t pixel = 0; pixel < count; pixel++) {
    const float *sums = plan->sums + pixel * plan->paddedChannels;
    for (size_t channel = 0; channel < plan->channels; channel++) {
      float value = sums[channel] + (operands.bias ? operands.bias[channel] : 0);
      value = value < operands.minimum ? operands.minimum : value;
      *output++ = operands.maximum < value ? operands.maximum : value;
    }
  }
}

static void finish_block(
    const Plan *plan, Operands operands, const float *rows, size_t count, float *output) {
  for (size_t panel = 0; panel < plan->panels; panel += 2) {
    size_t panels = plan->panels - panel < 2 ? 1 : 2;
    float *weights = plan->packed;
    if (plan->pixels > plan->blockSize) {
      weights += panel * PANEL * plan->depth;
    } else {
      for (size_t index = 0; index < panels; index++) {
        pack(plan, operands.filter, panel + index, weights + index * PANEL * plan->depth);
      }
    }
    multiply(plan, rows, count, panel, panels, weights);
  }
  write_block(plan, operands, count, output);
}

static void copy_pixels(void *target, const void *source, int32_t count, const void *context) {
  memcpy(target, source, (size_t)count * *(const size_t *)context);
}

void nn_convolution_float(
    const NNConvolution *shape, const float *bias, float minimum, float maximum, const float *input,
    const float *filter, float *output, void *memory) {
  NNScratch scratch = {memory, 0};
  Plan plan = make_plan(shape, &scratch);
  Operands operands = {filter, bias, minimum, maximum};
  if (plan.pixels > plan.blockSize) {
    for (size_t panel = 0; panel < plan.panels; panel++) {
      pack(&plan, filter, panel, plan.packed + panel * PANEL * plan.depth);
    }
  }
  if (nn_is_pointwise(shape)) {
    for (size_t first = 0; first < plan.pixels; first += plan.blockSize) {
      size_t left = plan.pixels - first, count = left < plan.blockSize ? left : plan.blockSize;
      finish_block(
          &plan, operands, input + first * plan.depth, count, output + first * plan.channels);
    }
    return;
  }
  size_t pixelBytes = (size_t)shape->inputChannels * sizeof(float), count = 0;
  for (int32_t row = 0; row < shape->outputHeight; row++) {
    nn_advance(
        &plan.lines, shape, row, (const char *)input, pixelBytes, copy_pixels, &pixelBytes);
    for (int32_t column = 0; column < shape->outputWidth; column++) {
      nn_gather(&plan.lines, shape, row, column, (char *)(plan.rows + count * plan.depth));
      count++;
      if (count < plan.blockSize) continue;
      finish_block(&plan, operands, plan.rows, count, output);
      output += count * plan.channels;
      count = 0;
    }
  }
  if (count > 0) finish_block(&plan, operands, plan.rows, count, output);
}
