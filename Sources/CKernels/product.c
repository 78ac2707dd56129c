#include "product.h"

NNProduct nn_make_product(const NNConvolution *shape, int32_t flip, NNScratch *scratch) {
  NNProduct product;
  product.depth =
      (size_t)shape->filterHeight * (size_t)shape->filterWidth * (size_t)shape->inputChannels;
  product.paddedDepth = nn_round_up(product.depth, 16);
  product.channels = (size_t)shape->outputChannels;
  product.paddedChannels = nn_round_up(product.channels, 8);
  product.pixels = (size_t)shape->outputHeight * (size_t)shape->outputWidth;
  product.blockSize = (size_t)nn_block_size(
      product.paddedDepth * sizeof(int16_t), product.paddedChannels * sizeof(int32_t), product.pixels);
  size_t rowBytes = product.paddedDepth * sizeof(int16_t);
  product.tails = nn_take(scratch, product.channels * 16);
  product.flipped = nn_take(scratch, flip ? product.channels * product.depth : 0);
  product.rows = nn_take(scratch, product.blockSize * rowBytes + 64);
  product.sums = nn_take(scratch, product.blockSize * product.paddedChannels * sizeof(int32_t));
  if (!nn_is_pointwise(shape)) {
    product.lines = nn_lines(shape, (size_t)shape->inputChannels * sizeof(int16_t), scratch);
  }
  return product;
}

/// Adds the products of a row with four rows of weights.
#define DOT_STEP(sums, row, w0, w1, w2, w3) \
  do { \
    (sums)[0] += NN_PAIR_PRODUCTS(row, w0); \
    (sums)[1] += NN_PAIR_PRODUCTS(row, w1); \
    (sums)[2] += NN_PAIR_PRODUCTS(row, w2); \
    (sums)[3] += NN_PAIR_PRODUCTS(row, w3); \
  } while (0)

#define WIDE(address) __builtin_convertvector(NN_LOAD(Bytes16, address), Shorts16)

NN_CLONES
void nn_multiply(
    const NNProduct *product, const int8_t *filter, size_t count, size_t from, size_t to) {
  size_t depth = product->depth, whole = to / 16 * 16, last = product->channels - 1;
  for (size_t channel = 0; channel < product->channels; channel += 4) {
    const int8_t *w[4], *tails[4];
    for (size_t index = 0; index < 4; index++) {
      size_t source = channel + index < last ? channel + index : last;
      w[index] = filter + source * depth;
      tails[index] = product->tails + source * 16;
    }
    int32_t *sums = product->sums + channel;
    const int16_t *row = product->rows;
    size_t pixel = 0;
    for (; pixel + 2 <= count; pixel += 2) {
      const int16_t *second = row + product->paddedDepth;
      Ints8 a[4] = {{0}, {0}, {0}, {0}}, b[4] = {{0}, {0}, {0}, {0}};
      for (size_t index = from; index < whole; index += 16) {
        Shorts16 x = NN_LOAD(Shorts16, row + index), y = NN_LOAD(Shorts16, second + index);
        Shorts16 w0 = WIDE(w[0] + index), w1 = WIDE(w[1] + index);
        Shorts16 w2 = WIDE(w[2] + index), w3 = WIDE(w[3] + index);
        DOT_STEP(a, x, w0, w1, w2, w3);
        DOT_STEP(b, y, w0, w1, w2, w3);
      }
      if (whole < to) {
        Shorts16 x = NN_LOAD(Shorts16, row + whole), y = NN_LOAD(Shorts16, second + whole);
        Shorts16 w0 = WIDE(tails[0]), w1 = WIDE(tails[1]), w2 = WIDE(tails[2]), w3 = WIDE(tails[3]);
        DOT_STEP(a, x, w0, w1, w2, w3);
        DOT_STEP(b, y, w0, w1, w2, w3);
      }
      NN_STORE(sums, NN_FOUR_SUMS(a[0], a[1], a[2], a[3]));
      NN_STORE(sums + product->paddedChannels, NN_FOUR_SUMS(b[0], b[1], b[2], b[3]));
      sums += 2 * product->paddedChannels;
      row = second + product->paddedDepth;
    }
    if (pixel < count) {
      Ints8 a[4] = {{0}, {0}, {0}, {0}};
      for (size_t index = from; index < whole; index += 16) {
        Shorts16 x = NN_LOAD(Shorts16, row + index);
        DOT_STEP(a, x, WIDE(w[0] + index), WIDE(w[1] + index), WIDE(w[2] + index), WIDE(w[3] + index));
      }
      if (whole < to) {
        Shorts16 x = NN_LOAD(Shorts16, row + whole);
        DOT_STEP(a, x, WIDE(tails[0]), WIDE(tails[1]), WIDE(tails[2]), WIDE(tails[3]));
      }
      NN_STORE(sums, NN_FOUR_SUMS(a[0], a[1], a[2], a[3]));
    }
  }
}

/// The weights as signed numbers.
NN_CLONES
static const int8_t *signed_filter(const NNProduct *product, const int8_t *filter, int32_t flip) {
  if (!flip) return filter;
  for (size_t index = 0; index < product->channels * product->depth; index++) {
    product->flipped[index] = (int8_t)(filter[index] ^ (int8_t)flip);
  }
  return product->flipped;
}

static void copy_tails(const NNProduct *product, const int8_t *filter) {
  size_t count = product->depth % 16;
  if (count == 0) return;
  memset(product->tails, 0, product->channels * 16);
  for (size_t channel = 0; channel < product->channels; channel++) {
    memcpy(product->tails + channel * 16, filter + (channel + 1) * product->depth - count, count);
  }
}

/// Widens pixels into rows of their own, filled up with zeros.
static void widen_rows(
    const NNProduct *product, const NNStages *stages, const char *input, size_t count) {
  if (product->depth == product->paddedDepth) {
    stages->widen(product->rows, input, (int32_t)count, stages->widening);
    return;
  }
  memset(product->rows, 0, count * product->paddedDepth * sizeof(int16_t));
  for (size_t pixel = 0; pixel < count; pixel++) {
    stages->widen(
        product->rows + pixel * product->paddedDepth, input + pixel * stages->inputPixelBytes, 1,
        stages->widening);
  }
}

void nn_run_product(
    NNProduct *product, const NNConvolution *shape, const NNStages *stages, const void *input,
    const int8_t *filter, int32_t flip) {
  filter = signed_filter(product, filter, flip);
  copy_tails(product, filter);
  size_t block = product->blockSize;
  if (nn_is_pointwise(shape)) {
    for (size_t first = 0; first < product->pixels; first += block) {
      size_t left = product->pixels - first, count = left < block ? left : block;
      const char *pixels = (const char *)input + first * stages->inputPixelBytes;
      widen_rows(product, stages, pixels, count);
      stages->finish(product, stages->context, filter, first, count);
    }
    return;
  }
  size_t first = 0, count = 0;
  for (int32_t row = 0; row < shape->outputHeight; row++) {
    nn_advance(
        &product->lines, shape, row, input, stages->inputPixelBytes, stages->widen, stages->widening);
    for (int32_t column = 0; column < shape->outputWidth; column++) {
      char *target = (char *)(product->rows + count * product->paddedDepth);
      char *end = nn_gather(&product->lines, shape, row, column, target);
      NN_STORE(end, (Bytes16){0});
      NN_STORE(end + 16, (Bytes16){0});
      count++;
      if (count < block) continue;
      stages->finish(product, stages->context, filter, first, count);
      first += count;
      count = 0;
    }
  }
  if (count > 0) stages->finish(product, stages->context, filter, first, count);
}
