#ifndef STUB_TENSORFLOW_LITE_MICRO_MICRO_INTERPRETER_H_
#define STUB_TENSORFLOW_LITE_MICRO_MICRO_INTERPRETER_H_

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/micro/micro_allocator.h"
#include "tensorflow/lite/micro/micro_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

#define TFLITE_SCHEMA_VERSION (3)

namespace tflite {

class MicroResourceVariables;
class MicroProfilerInterface;

class MicroInterpreter {
 public:
  MicroInterpreter(const Model* model, const MicroOpResolver& op_resolver, uint8_t* tensor_arena,
                   size_t tensor_arena_size, MicroResourceVariables* resource_variables = nullptr,
                   MicroProfilerInterface* profiler = nullptr, bool preserve_all_tensors = false);
  MicroInterpreter(const Model* model, const MicroOpResolver& op_resolver, MicroAllocator* allocator,
                   MicroResourceVariables* resource_variables = nullptr,
                   MicroProfilerInterface* profiler = nullptr);
  ~MicroInterpreter();

  TfLiteStatus AllocateTensors();
  TfLiteStatus Invoke();

  TfLiteTensor* input(size_t index);
  TfLiteTensor* output(size_t index);
  template <class T>
  T* typed_input_tensor(int tensor_index) {
    return static_cast<T*>(input(static_cast<size_t>(tensor_index))->data.data);
  }
  template <class T>
  T* typed_output_tensor(int tensor_index) {
    return static_cast<T*>(output(static_cast<size_t>(tensor_index))->data.data);
  }

  size_t arena_used_bytes() const;
};

}  // namespace tflite

#endif  // STUB_TENSORFLOW_LITE_MICRO_MICRO_INTERPRETER_H_
