#ifndef NNOPT_LINES_H
#define NNOPT_LINES_H

#include "CKernels.h"
#include "vectors.h"

/// The input's rows that a convolution reads at a time, converted, with padding written out.
///
/// Rows and columns are counted from the first padded one. Row r stands in slot r mod `rowCount`.
typedef struct {
  size_t pixelBytes;
  size_t lineBytes;
  int32_t rowCount;
  int32_t columnCount;
  /// The first row that no slot has held yet.
  int32_t next;
  char *memory;
} NNLines;

/// Converts `count` pixels of the input.
typedef void (*NNConvert)(void *target, const void *source, int32_t count, const void *context);

/// Bytes behind each line that may be read, and that have no meaning.
enum { NN_LINE_SLACK = 64 };

static inline NNLines nn_lines(const NNConvolution *shape, size_t pixelBytes, NNScratch *scratch) {
  NNLines lines;
  lines.pixelBytes = pixelBytes;
  lines.rowCount = (shape->filterHeight - 1) * shape->dilationY + 1;
  lines.columnCount =
      (shape->outputWidth - 1) * shape->strideX + (shape->filterWidth - 1) * shape->dilationX + 1;
  lines.lineBytes = nn_round_up((size_t)lines.columnCount * pixelBytes + NN_LINE_SLACK, 64);
  lines.next = 0;
  lines.memory = nn_take(scratch, lines.lineBytes * (size_t)lines.rowCount);
  return lines;
}

static inline const char *nn_line(const NNLines *lines, int32_t row) {
  return lines->memory + (size_t)(row % lines->rowCount) * lines->lineBytes;
}

/// Converts the rows that an output row needs and that are not there yet.
static inline void nn_advance(
    NNLines *lines, const NNConvolution *shape, int32_t outputRow, const char *input,
    size_t inputPixelBytes, NNConvert convert, const void *context) {
  int32_t first = outputRow * shape->strideY;
  int32_t end = first + lines->rowCount;
  int32_t left = shape->padLeft < lines->columnCount ? shape->padLeft : lines->columnCount;
  int32_t pixels = lines->columnCount - left;
  if (pixels > shape->inputWidth) pixels = shape->inputWidth;
  for (int32_t row = lines->next > first ? lines->next : first; row < end; row++) {
    char *line = lines->memory + (size_t)(row % lines->rowCount) * lines->lineBytes;
    int32_t source = row - shape->padTop;
    if (source < 0 || source >= shape->inputHeight) {
      memset(line, 0, lines->lineBytes);
      continue;
    }
    const char *start = input + (size_t)source * (size_t)shape->inputWidth * inputPixelBytes;
    size_t before = (size_t)left * lines->pixelBytes;
    size_t inside = (size_t)pixels * lines->pixelBytes;
    memset(line, 0, before);
    convert(line + before, start, pixels, context);
    memset(line + before + inside, 0, lines->lineBytes - before - inside);
  }
  lines->next = end;
}

/// Copies bytes in steps of 32; up to 31 bytes more are read and written.
static inline char *nn_copy(char *target, const char *source, size_t byteCount) {
  for (size_t index = 0; index < byteCount; index += 32) {
    NN_STORE(target + index, NN_LOAD(Bytes16, source + index));
    NN_STORE(target + index + 16, NN_LOAD(Bytes16, source + index + 16));
  }
  return target + byteCount;
}

/// Gathers the pixels under the filter at an output position, row by row.
static inline char *nn_gather(
    const NNLines *lines, const NNConvolution *shape, int32_t outputRow, int32_t outputColumn,
    char *target) {
  size_t start = (size_t)outputColumn * (size_t)shape->strideX * lines->pixelBytes;
  size_t step = (size_t)shape->dilationX * lines->pixelBytes;
  for (int32_t tapRow = 0; tapRow < shape->filterHeight; tapRow++) {
    const char *line =
        nn_line(lines, outputRow * shape->strideY + tapRow * shape->dilationY) + start;
    if (shape->dilationX == 1) {
      target = nn_copy(target, line, (size_t)shape->filterWidth * lines->pixelBytes);
      continue;
    }
    for (int32_t tap = 0; tap < shape->filterWidth; tap++) {
      target = nn_copy(target, line + (size_t)tap * step, lines->pixelBytes);
    }
  }
  return target;
}

/// Whether the input's pixels are the rows of the product as they are.
static inline int nn_is_pointwise(const NNConvolution *shape) {
  return shape->filterHeight == 1 && shape->filterWidth == 1 && shape->strideY == 1
      && shape->strideX == 1 && shape->padTop == 0 && shape->padLeft == 0
      && shape->outputHeight == shape->inputHeight && shape->outputWidth == shape->inputWidth;
}

/// How many pixels to multiply at a time, so that gathered rows and sums stay in the first cache.
static inline int32_t nn_block_size(size_t rowBytes, size_t sumBytes, size_t pixels) {
  size_t block = 16384 / (rowBytes > sumBytes ? rowBytes : sumBytes);
  block = block < 8 ? 8 : block > 128 ? 128 : block / 2 * 2;
  return (int32_t)(block < pixels ? block : pixels);
}

#endif
