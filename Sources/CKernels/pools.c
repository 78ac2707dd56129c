#include "CKernels.h"
#include "vectors.h"

/// The input pixels under one output pixel.
typedef struct {
  int32_t top, bottom, left, right;
} Window;

static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

static Window window_at(const NNConvolution *shape, int32_t row, int32_t column) {
  int32_t top = row * shape->strideY - shape->padTop;
  int32_t left = column * shape->strideX - shape->padLeft;
  Window window = {
      larger(top, 0),
      smaller(top + shape->filterHeight, shape->inputHeight),
      larger(left, 0),
      smaller(left + shape->filterWidth, shape->inputWidth),
  };
  return window;
}

/// Visits every output pixel.
#define FOR_EACH_OUTPUT \
  for (int32_t row = 0; row < shape->outputHeight; row++) \
    for (int32_t column = 0; column < shape->outputWidth; column++, output += channels)

/// Visits every pixel of a window.
#define FOR_EACH_INPUT(Type, pixel) \
  for (int32_t y = window.top; y < window.bottom; y++) \
    for (const Type *pixel = \
             input + ((size_t)y * (size_t)shape->inputWidth + (size_t)window.left) * channels, \
             *end = pixel + (size_t)(window.right - window.left) * channels; \
         pixel < end; pixel += channels)

NN_CLONES
void nn_average_pool_int8(
    const NNConvolution *shape, int32_t flip, int32_t minimum, int32_t maximum, const int8_t *input,
    int8_t *output, void *scratch) {
  size_t channels = (size_t)shape->inputChannels;
  int32_t *sums = scratch;
  FOR_EACH_OUTPUT {
    Window window = window_at(shape, row, column);
    int32_t count = (window.bottom - window.top) * (window.right - window.left);
    int32_t half = count / 2;
    for (size_t channel = 0; channel < channels; channel++) sums[channel] = -count * flip;
    FOR_EACH_INPUT(int8_t, pixel) {
      for (size_t channel = 0; channel < channels; channel++) {
        sums[channel] += (int8_t)(pixel[channel] ^ (int8_t)flip);
      }
    }
    for (size_t channel = 0; channel < channels; channel++) {
      int32_t sum = sums[channel];
      int32_t mean = (int32_t)((double)(sum > 0 ? sum + half : sum - half) / (double)count);
      mean = mean < minimum ? minimum : mean;
      output[channel] = (int8_t)(mean > maximum ? maximum : mean);
    }
  }
}

NN_CLONES
void nn_max_pool_int8(
    const NNConvolution *shape, int32_t flip, int32_t minimum, int32_t maximum, const int8_t *input,
    int8_t *output, void *scratch) {
  size_t channels = (size_t)shape->inputChannels;
  int8_t *largest = scratch;
  FOR_EACH_OUTPUT {
    Window window = window_at(shape, row, column);
    memset(largest, -128, channels);
    FOR_EACH_INPUT(int8_t, pixel) {
      for (size_t channel = 0; channel < channels; channel++) {
        int8_t element = (int8_t)(pixel[channel] ^ (int8_t)flip);
        largest[channel] = largest[channel] < element ? element : largest[channel];
      }
    }
    for (size_t channel = 0; channel < channels; channel++) {
      int32_t value = largest[channel] - flip;
      value = value < minimum ? minimum : value;
      output[channel] = (int8_t)(value > maximum ? maximum : value);
    }
  }
}

NN_CLONES
void nn_average_pool_float(
    const NNConvolution *shape, float minimum, float maximum, const float *input, float *output,
    void *scratch) {
  size_t channels = (size_t)shape->inputChannels;
  float *sums = scratch;
  FOR_EACH_OUTPUT {
    Window window = window_at(shape, row, column);
    float count = (float)((window.bottom - window.top) * (window.right - window.left));
    for (size_t channel = 0; channel < channels; channel++) sums[channel] = 0;
    FOR_EACH_INPUT(float, pixel) {
      for (size_t channel = 0; channel < channels; channel++) sums[channel] += pixel[channel];
    }
    for (size_t channel = 0; channel < channels; channel++) {
      float mean = sums[channel] / count;
      mean = mean < minimum ? minimum : mean;
      output[channel] = maximum < mean ? maximum : mean;
    }
  }
}

NN_CLONES
void nn_max_pool_float(
    const NNConvolution *shape, float minimum, float maximum, const float *input, float *output,
    void *scratch) {
  size_t channels = (size_t)shape->inputChannels;
  float *largest = scratch;
  FOR_EACH_OUTPUT {
    Window window = window_at(shape, row, column);
    for (size_t channel = 0; channel < channels; channel++) largest[channel] = -3.40282347e+38f;
    FOR_EACH_INPUT(float, pixel) {
      for (size_t channel = 0; channel < channels; channel++) {
        largest[channel] = largest[channel] < pixel[channel] ? pixel[channel] : largest[channel];
      }
    }
    for (size_t channel = 0; channel < channels; channel++) {
      float value = largest[channel];
      value = value < minimum ? minimum : value;
      output[channel] = maximum < value ? maximum : value;
    }
  }
}
