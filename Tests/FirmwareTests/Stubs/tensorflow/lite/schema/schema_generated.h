#ifndef STUB_TENSORFLOW_LITE_SCHEMA_SCHEMA_GENERATED_H_
#define STUB_TENSORFLOW_LITE_SCHEMA_SCHEMA_GENERATED_H_

#include <stdint.h>

namespace tflite {

struct Model {
  uint32_t version() const;
};

const Model* GetModel(const void* buf);

}  // namespace tflite

#endif  // STUB_TENSORFLOW_LITE_SCHEMA_SCHEMA_GENERATED_H_
