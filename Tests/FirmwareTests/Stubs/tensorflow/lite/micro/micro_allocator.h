#ifndef STUB_TENSORFLOW_LITE_MICRO_MICRO_ALLOCATOR_H_
#define STUB_TENSORFLOW_LITE_MICRO_MICRO_ALLOCATOR_H_

#include "tensorflow/lite/c/common.h"

namespace tflite {

enum class MemoryPlannerType { kGreedy, kLinear };

class MicroAllocator {
 public:
  static MicroAllocator* Create(uint8_t* tensor_arena, size_t arena_size,
                                MemoryPlannerType memory_planner_type = MemoryPlannerType::kGreedy);
};

}  // namespace tflite

#endif  // STUB_TENSORFLOW_LITE_MICRO_MICRO_ALLOCATOR_H_
