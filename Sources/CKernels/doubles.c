#include "NNLanes.h"
#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

typedef double Doubles8 __attribute__((vector_size(64)));

NN_CLONES
void nn_doubles_add(double *restrict target, const double *restrict source, double factor, size_t count) {
  for (size_t index = 0; index < count; index++) target[index] += factor * source[index];
}

#define COMBINE(width) \
  do { \
    Doubles8 nnSums[width]; \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      nnSums[i] = NN_LOAD(Doubles8, target + index + 8 * i); \
    } \
    const double *nnRow = source + index, *nnFactor = factors; \
    for (size_t k = 0; k < inner; k++, nnRow += stride, nnFactor += factorStep) { \
      double nnScale = sign * *nnFactor; \
      _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
        nnSums[i] += NN_LOAD(Doubles8, nnRow + 8 * i) * nnScale; \
      } \
    } \
    _Pragma("unroll") for (size_t i = 0; i < (width); i++) { \
      NN_STORE(target + index + 8 * i, nnSums[i]); \
    } \
    index += 8 * (width); \
  } while (0)

NN_CLONES
void nn_doubles_combine(
    double *target, double sign, const double *factors, size_t factorStep, const double *source,
    size_t stride, size_t inner, size_t count) {
  size_t index = 0;
  while (index + 32 <= count) COMBINE(4);
  while (index + 8 <= count) COMBINE(1);
  for (; index < count; index++) {
    double sum = target[index];
    for (size_t k = 0; k < inner; k++) {
      sum += sign * factors[k * factorStep] * source[k * stride + index];
    }
    target[index] = sum;
  }
}
