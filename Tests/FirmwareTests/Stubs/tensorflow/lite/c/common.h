#ifndef STUB_TENSORFLOW_LITE_C_COMMON_H_
#define STUB_TENSORFLOW_LITE_C_COMMON_H_

#include <stddef.h>
#include <stdint.h>

typedef enum TfLiteStatus { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;

struct TfLiteContext;
struct TfLiteNode;
struct TFLMRegistration;

typedef union TfLitePtrUnion {
  int32_t* i32;
  int64_t* i64;
  float* f;
  char* raw;
  uint8_t* uint8;
  bool* b;
  int16_t* i16;
  int8_t* int8;
  void* data;
} TfLitePtrUnion;

typedef struct TfLiteQuantizationParams {
  float scale;
  int32_t zero_point;
} TfLiteQuantizationParams;

typedef struct TfLiteTensor {
  TfLiteQuantizationParams params;
  TfLitePtrUnion data;
  size_t bytes;
} TfLiteTensor;

#endif  // STUB_TENSORFLOW_LITE_C_COMMON_H_
