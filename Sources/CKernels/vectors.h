#ifndef NNOPT_VECTORS_H
#define NNOPT_VECTORS_H

#include <stdint.h>
#include <string.h>

#pragma clang diagnostic ignored "-Wpsabi"

/// Compiles a function once per instruction set; the loader picks one.
#if defined(__x86_64__) && defined(__linux__)
#define NN_CLONES __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define NN_CLONES
#endif

/// Vectors of fixed width that the compiler maps to whatever the instruction set has.
typedef int8_t Bytes16 __attribute__((vector_size(16)));
typedef int8_t Bytes8 __attribute__((vector_size(8)));
typedef int16_t Shorts16 __attribute__((vector_size(32)));
typedef int16_t Shorts8 __attribute__((vector_size(16)));
typedef int32_t Ints16 __attribute__((vector_size(64)));
typedef int32_t Ints8 __attribute__((vector_size(32)));
typedef int32_t Ints4 __attribute__((vector_size(16)));
typedef int64_t Longs8 __attribute__((vector_size(64)));
typedef float Floats8 __attribute__((vector_size(32)));
typedef float Floats4 __attribute__((vector_size(16)));

/// Loads and stores at any address.
#define NN_LOAD(type, address) \
  ({ \
    type nnValue; \
    memcpy(&nnValue, (address), sizeof nnValue); \
    nnValue; \
  })
#define NN_STORE(address, value) \
  do { \
    __typeof__(value) nnValue = (value); \
    memcpy((address), &nnValue, sizeof nnValue); \
  } while (0)

/// Sums of neighbouring products of sixteen 16-bit numbers: one instruction on x86.
#define NN_PAIR_PRODUCTS(a, b) \
  ({ \
    Ints16 nnProducts = __builtin_convertvector((a), Ints16) * __builtin_convertvector((b), Ints16); \
    __builtin_shufflevector(nnProducts, nnProducts, 0, 2, 4, 6, 8, 10, 12, 14) \
        + __builtin_shufflevector(nnProducts, nnProducts, 1, 3, 5, 7, 9, 11, 13, 15); \
  })

/// Adds neighbours of two vectors within their halves.
#define NN_PAIR_SUMS(a, b) \
  (__builtin_shufflevector((a), (b), 0, 2, 8, 10, 4, 6, 12, 14) \
   + __builtin_shufflevector((a), (b), 1, 3, 9, 11, 5, 7, 13, 15))

/// The sums of the elements of four vectors of eight.
#define NN_FOUR_SUMS(a, b, c, d) \
  ({ \
    __typeof__(a) nnSums = NN_PAIR_SUMS(NN_PAIR_SUMS((a), (b)), NN_PAIR_SUMS((c), (d))); \
    __builtin_shufflevector(nnSums, nnSums, 0, 1, 2, 3) \
        + __builtin_shufflevector(nnSums, nnSums, 4, 5, 6, 7); \
  })

static inline size_t nn_round_up(size_t value, size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// Hands out scratch memory in pieces aligned to 64 bytes; with base NULL it only counts.
typedef struct {
  char *base;
  size_t used;
} NNScratch;

static inline void *nn_take(NNScratch *scratch, size_t byteCount) {
  void *piece = scratch->base ? scratch->base + scratch->used : NULL;
  scratch->used += nn_round_up(byteCount, 64);
  return piece;
}

#endif
