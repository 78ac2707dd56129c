import Boards
import Testing

@testable import Firmware

@Suite struct GoldenTextTests {
  private func text(_ path: String, format: FirmwareFormat = .espIDF) throws -> String {
    let target = FirmwareTarget(board: try BoardTable.builtin().board(id: "esp32"))
    let firmware = try Samples.firmware("cnn_int8", format: format, target: target)
    let files = firmware.files(model: try Samples.bytes("cnn_int8"))
    let file = try #require(files.first { $0.path == path })
    return String(decoding: file.bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .dropFirst().joined(separator: "\n")
  }

  @Test func settings() throws {
    #expect(
      try text("main/model_settings.h") == """
        #ifndef CNN_INT8_MODEL_SETTINGS_H_
        #define CNN_INT8_MODEL_SETTINGS_H_

        #include <stddef.h>
        #include <stdint.h>

        namespace cnn_int8 {

        // The smallest arena in which TFLM allocates this model on esp32 (2x Xtensa LX6) with
        // ESP-NN kernels (TFLM of 2026-08, esp-nn 1.2.3+pr37), as nnopt predicts it:
        //         15,680  head: planned tensors and scratch buffers
        //             40    scratch requests among them: 1
        //          2,172  tail: what stays for good
        //            136    allocator and subgraphs
        //            216    TfLiteEvalTensor
        //            256    NodeAndRegistration
        //            208    operator options
        //          1,236    kernels' persistent buffers
        //             80    TfLiteTensor of inputs and outputs
        //             40    their quantization
        //              4  rounding up to 16
        //         17,856  arena
        // Other kernels, a recording allocator or another release of TFLM need another size;
        // interpreter.arena_used_bytes() says what is in use.
        constexpr size_t kTensorArenaSize = 17856;

        // Input 0: 1x28x28x1 int8, named image.
        constexpr int kInput0ElementCount = 784;
        constexpr int kInput0Rank = 4;
        constexpr int kInput0Dimensions[] = {1, 28, 28, 1};
        // A stored number q means kInput0Scale * (q - kInput0ZeroPoint).
        constexpr float kInput0Scale = 0.003921569f;
        constexpr int32_t kInput0ZeroPoint = -128;

        // Output 0: 1x10 int8, named Identity.
        constexpr int kOutput0ElementCount = 10;
        constexpr int kOutput0Rank = 2;
        constexpr int kOutput0Dimensions[] = {1, 10};
        // A stored number q means kOutput0Scale * (q - kOutput0ZeroPoint).
        constexpr float kOutput0Scale = 0.00390625f;
        constexpr int32_t kOutput0ZeroPoint = -128;

        }  // namespace cnn_int8

        #endif  // CNN_INT8_MODEL_SETTINGS_H_

        """)
  }

  @Test func operators() throws {
    #expect(
      try text("main/model_operators.h") == """
        #ifndef CNN_INT8_MODEL_OPERATORS_H_
        #define CNN_INT8_MODEL_OPERATORS_H_

        #include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

        namespace cnn_int8 {

        using OperatorResolver = tflite::MicroMutableOpResolver<5>;

        // Adds the operators that the model uses, and no others.
        inline TfLiteStatus AddOperators(OperatorResolver& resolver) {
          if (resolver.AddConv2D() != kTfLiteOk) return kTfLiteError;
          if (resolver.AddFullyConnected() != kTfLiteOk) return kTfLiteError;
          if (resolver.AddMaxPool2D() != kTfLiteOk) return kTfLiteError;
          if (resolver.AddReshape() != kTfLiteOk) return kTfLiteError;
          if (resolver.AddSoftmax() != kTfLiteOk) return kTfLiteError;
          return kTfLiteOk;
        }

        }  // namespace cnn_int8

        #endif  // CNN_INT8_MODEL_OPERATORS_H_

        """)
  }

  @Test func example() throws {
    #expect(
      try text("main/main.cc") == """
        #include <freertos/FreeRTOS.h>
        #include <freertos/task.h>
        #include <math.h>
        #include <stdint.h>

        #include <limits>

        #include "model_data.h"
        #include "model_operators.h"
        #include "model_settings.h"
        #include "tensorflow/lite/micro/micro_interpreter.h"
        #include "tensorflow/lite/micro/micro_log.h"
        #include "tensorflow/lite/micro/system_setup.h"
        #include "tensorflow/lite/schema/schema_generated.h"

        namespace {

        alignas(16) uint8_t tensor_arena[cnn_int8::kTensorArenaSize];
        tflite::MicroInterpreter* interpreter = nullptr;

        // The stored number that means a real one: rounded to the nearest, and kept in the type's range.
        template <typename T>
        T Quantize(float value, float scale, int32_t zero_point) {
          const T lowest = (std::numeric_limits<T>::min)();
          const T highest = (std::numeric_limits<T>::max)();
          const float stored = roundf(value / scale) + static_cast<float>(zero_point);
          if (!(stored > static_cast<float>(lowest))) return lowest;
          return stored < static_cast<float>(highest) ? static_cast<T>(stored) : highest;
        }

        // The real number that a stored one means.
        template <typename T>
        float Dequantize(T stored, float scale, int32_t zero_point) {
          return scale * static_cast<float>(static_cast<int64_t>(stored) - zero_point);
        }

        // Prepares the interpreter; once, before the first inference.
        bool SetUpModel() {
          const tflite::Model* model = tflite::GetModel(g_cnn_int8_model_data);
          if (model->version() != TFLITE_SCHEMA_VERSION) {
            MicroPrintf("The model has schema version %d, TFLM reads %d.", static_cast<int>(model->version()),
                        TFLITE_SCHEMA_VERSION);
            return false;
          }
          static cnn_int8::OperatorResolver resolver;
          if (cnn_int8::AddOperators(resolver) != kTfLiteOk) return false;
          static tflite::MicroInterpreter static_interpreter(
              model, resolver, tensor_arena, cnn_int8::kTensorArenaSize);
          if (static_interpreter.AllocateTensors() != kTfLiteOk) {
            MicroPrintf("AllocateTensors failed with an arena of %d bytes.",
                        static_cast<int>(cnn_int8::kTensorArenaSize));
            return false;
          }
          interpreter = &static_interpreter;
          return true;
        }

        // One inference: fills the inputs, runs the model, reads the outputs.
        bool RunModel() {
          int8_t* input_0 = interpreter->typed_input_tensor<int8_t>(0);
          if (input_0 == nullptr) return false;
          for (int i = 0; i < cnn_int8::kInput0ElementCount; ++i) {
            // Put your data here: a real number in place of 0.0f.
            input_0[i] = Quantize<int8_t>(0.0f, cnn_int8::kInput0Scale,
                cnn_int8::kInput0ZeroPoint);
          }
          if (interpreter->Invoke() != kTfLiteOk) {
            MicroPrintf("Invoke failed.");
            return false;
          }
          int8_t* output_0 = interpreter->typed_output_tensor<int8_t>(0);
          if (output_0 == nullptr) return false;
          {
            int best = 0;
            for (int i = 1; i < cnn_int8::kOutput0ElementCount; ++i) {
              if (output_0[i] > output_0[best]) best = i;
            }
            const float value = Dequantize(output_0[best], cnn_int8::kOutput0Scale,
                cnn_int8::kOutput0ZeroPoint);
            MicroPrintf("Output 0: element %d is the largest, %d thousandths.", best,
                        static_cast<int>(1000.0f * value));
          }
          return true;
        }

        }  // namespace

        extern "C" void app_main(void) {
          tflite::InitializeTarget();
          if (!SetUpModel()) return;
          while (RunModel()) vTaskDelay(pdMS_TO_TICKS(1000));
        }

        """)
  }

  @Test func component() throws {
    #expect(
      try text("main/idf_component.yml") == """
        dependencies:
          idf: ">=5.1"
          espressif/esp-tflite-micro: "^1.4.0"

        """)
    #expect(
      try text("main/CMakeLists.txt") == """
        idf_component_register(SRCS "main.cc" "model_data.cc" INCLUDE_DIRS ".")

        """)
  }

  @Test func sketchesStartWithTheLibrary() throws {
    let sketch = try text("cnn_int8.ino", format: .arduino)
    #expect(sketch.hasPrefix("#include <TensorFlowLite.h>\n"))
    #expect(sketch.contains("\nvoid setup() {\n"))
    #expect(sketch.contains("\nvoid loop() {\n"))
  }

  @Test func dataAreDeclaredAndAligned() throws {
    let source = try text("main/model_data.cc")
    #expect(
      source.hasPrefix(
        "#include \"model_data.h\"\n\nalignas(16) const unsigned char g_cnn_int8_model_data[] = {\n    0x"))
    #expect(
      source.hasSuffix(
        "};\nconst unsigned int g_cnn_int8_model_data_len = \(try Samples.bytes("cnn_int8").count);\n"))
    #expect(try text("main/model_data.h").contains("extern const unsigned char g_cnn_int8_model_data[];"))
  }
}
