#ifndef NNOPT_LANES_H
#define NNOPT_LANES_H

#include <stddef.h>
#include <stdint.h>

/// Samples that stand side by side: element e of sample l is at e · NN_LANES + l.
enum { NN_LANES = 8 };

/// A layer of one sample and what its filter meets: entries of a tap and a pixel, by output position.
typedef struct {
  int32_t positions, taps;
  int32_t inputChannels, outputChannels;
  /// Where a position's entries start; one more than there are positions.
  const int32_t *starts;
  /// The tap of an entry, and the input's element under it in the first channel.
  const int32_t *tapOfEntry, *pixelOfEntry;
  /// The same by tap: where its entries start, and their positions and elements.
  const int32_t *startsByTap;
  const int32_t *positionByTap, *pixelByTap;
} NNLaneLayer;

/// Floats that `nn_lanes_pack` writes.
size_t nn_lanes_packed_count(const NNLaneLayer *layer);

/// Brings a filter of outputs × taps × inputs into the orders that the kernels below read.
void nn_lanes_pack(const NNLaneLayer *layer, const float *filter, float *packed);

/// CONV_2D and FULLY_CONNECTED of eight samples, clamped to minimum...maximum; the bias may be NULL.
///
/// Sums run in a fixed order and nothing is fused: the bits are the same on every machine.
void nn_lanes_convolution(
    const NNLaneLayer *layer, const float *input, const float *packed, const float *bias, float minimum,
    float maximum, float *output);

/// Adds the derivatives by the inputs.
void nn_lanes_convolution_inputs(
    const NNLaneLayer *layer, const float *gradient, const float *packed, float *inputGradient);

/// Adds the derivatives by filter and bias, summed over the samples; the bias may be NULL.
void nn_lanes_convolution_weights(
    const NNLaneLayer *layer, const float *gradient, const float *input, float *filterGradient,
    float *biasGradient);

/// DEPTHWISE_CONV_2D with a filter of taps × outputs.
void nn_lanes_depthwise(
    const NNLaneLayer *layer, const float *input, const float *filter, const float *bias, float minimum,
    float maximum, float *output);

/// Adds all derivatives of a DEPTHWISE_CONV_2D; those by inputs and bias may be NULL.
///
/// `sums` holds NN_LANES · taps · outputs floats.
void nn_lanes_depthwise_gradients(
    const NNLaneLayer *layer, const float *gradient, const float *input, const float *filter,
    float *inputGradient, float *filterGradient, float *biasGradient, float *sums);

/// Adds the sums of stored lanes: target[i] += Σ lanes of element i.
void nn_lanes_reduce(const float *lanes, size_t count, float *target);

/// target[i] += factor · source[i].
void nn_floats_add(float *target, const float *source, float factor, size_t count);

/// target[i] = left[i] + factor · right[i], clamped.
void nn_floats_sum(
    float *target, const float *left, const float *right, float factor, float minimum, float maximum,
    size_t count);

/// slope[i] = 0 where number[i] is not inside minimum...maximum, both ends left out.
void nn_floats_clear_outside(
    float *slope, const float *number, float minimum, float maximum, size_t count);

/// target[i] += slope[i] where number[i] is inside minimum...maximum, both ends left out.
void nn_floats_add_inside(
    float *target, const float *number, const float *slope, float minimum, float maximum, size_t count);

/// target[i] = source[i], clamped; both may be the same.
void nn_floats_clamp(float *target, const float *source, float minimum, float maximum, size_t count);

/// target[i] += factor · source[i], in double precision.
void nn_doubles_add(double *target, const double *source, double factor, size_t count);

/// target[j] += sign · Σ factors[k · factorStep] · source[k · stride + j] over `inner` rows k, in their order.
void nn_doubles_combine(
    double *target, double sign, const double *factors, size_t factorStep, const double *source,
    size_t stride, size_t inner, size_t count);

/// One step of Adam (Kingma & Ba 2015) for some parameters.
typedef struct {
  float meanDecay, squareDecay;
  /// The step's length, and what the second moments are multiplied by.
  float rate, squareScale;
} NNAdam;

void nn_adam(
    NNAdam settings, const float *slopes, float *means, float *squares, float *numbers, size_t count);

#endif
