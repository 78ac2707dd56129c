#ifndef STUB_TENSORFLOW_LITE_MICRO_MICRO_OP_RESOLVER_H_
#define STUB_TENSORFLOW_LITE_MICRO_MICRO_OP_RESOLVER_H_

#include "tensorflow/lite/c/common.h"

namespace tflite {

class MicroOpResolver {
 public:
  virtual ~MicroOpResolver() {}
};

}  // namespace tflite

#endif  // STUB_TENSORFLOW_LITE_MICRO_MICRO_OP_RESOLVER_H_
