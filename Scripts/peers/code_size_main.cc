// The firmware that code_size links: an interpreter, and a function for each operator that gives it to the resolver.
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

using Resolver = tflite::MicroMutableOpResolver<20>;

extern "C" void register_operators(Resolver* resolver);

#define OPERATOR(method) \
  extern "C" void register_##method(Resolver* resolver) { resolver->method(); }
#include "code_size_operators.inc"

const unsigned char* volatile model;
alignas(16) unsigned char arena[1024];

int main() {
  Resolver resolver;
  register_operators(&resolver);
  tflite::MicroInterpreter interpreter(tflite::GetModel(model), resolver, arena, sizeof arena);
  if (interpreter.AllocateTensors() != kTfLiteOk) return 1;
  return interpreter.Invoke();
}
