#ifndef NNOPT_PRODUCT_H
#define NNOPT_PRODUCT_H

#include "lines.h"

/// A convolution as a matrix product: rows of gathered inputs, widened to 16 bits and filled up to a
/// multiple of 16, by rows of 8-bit weights as the model stores them.
typedef struct {
  size_t depth, paddedDepth, channels, paddedChannels;
  size_t pixels, blockSize;
  /// The last `depth` mod 16 weights of every row, filled up with zeros.
  int8_t *tails;
  /// Signed copies of unsigned weights.
  int8_t *flipped;
  int16_t *rows;
  int32_t *sums;
  NNLines lines;
} NNProduct;

/// What differs between convolutions of different types.
typedef struct {
  /// Widens pixels of the input to 16 bits.
  NNConvert widen;
  const void *widening;
  size_t inputPixelBytes;
  /// Multiplies and writes a block of pixels.
  void (*finish)(
      const NNProduct *product, const void *context, const int8_t *filter, size_t first, size_t count);
  const void *context;
} NNStages;

NNProduct nn_make_product(const NNConvolution *shape, int32_t flip, NNScratch *scratch);

/// Runs a convolution block by block.
void nn_run_product(
    NNProduct *product, const NNConvolution *shape, const NNStages *stages, const void *input,
    const int8_t *filter, int32_t flip);

/// Sums the products of a block over a part of the depth, which starts at a multiple of 16 and ends at
/// one or with the depth.
void nn_multiply(
    const NNProduct *product, const int8_t *filter, size_t count, size_t from, size_t to);

#endif
