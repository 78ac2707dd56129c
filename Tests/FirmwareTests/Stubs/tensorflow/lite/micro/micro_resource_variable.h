#ifndef STUB_TENSORFLOW_LITE_MICRO_MICRO_RESOURCE_VARIABLE_H_
#define STUB_TENSORFLOW_LITE_MICRO_MICRO_RESOURCE_VARIABLE_H_

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/micro/micro_allocator.h"

namespace tflite {

class MicroResourceVariables {
 public:
  static MicroResourceVariables* Create(MicroAllocator* allocator, int num_variables);
};

}  // namespace tflite

#endif  // STUB_TENSORFLOW_LITE_MICRO_MICRO_RESOURCE_VARIABLE_H_
