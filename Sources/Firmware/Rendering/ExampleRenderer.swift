/// A program that runs the model once, or again and again.
struct ExampleRenderer {
  let firmware: Firmware

  var source: String {
    ([includes, declarations + states.declarations] + helpers + states.reset + [setup, inference, ending])
      .joined(separator: "\n")
  }

  private var states: StateRenderer { StateRenderer(firmware: firmware) }

  private var space: String { firmware.name.text }

  private var includes: String {
    let own = ["model_data.h", "model_operators.h", "model_settings.h"]
    let hasVariables = firmware.resourceVariables > 0
    let runtime =
      (hasVariables ? ["micro_allocator.h"] : []) + ["micro_interpreter.h", "micro_log.h"]
      + (hasVariables ? ["micro_resource_variable.h"] : []) + ["system_setup.h"]
    let isConverting = firmware.inputs.contains(where: \.isConvertible)
    let lines =
      libraryHeaders + (isConverting ? ["#include <math.h>"] : []) + ["#include <stdint.h>"]
      + (states.needsCopies ? ["#include <string.h>", ""] : [""])
      + (isConverting ? ["#include <limits>", ""] : []) + own.map { "#include \"\($0)\"" }
      + runtime.map { "#include \"tensorflow/lite/micro/\($0)\"" }
      + ["#include \"tensorflow/lite/schema/schema_generated.h\"", ""]
    return lines.joined(separator: "\n")
  }

  /// Headers of the platform. Including the library's own makes the Arduino IDE build it.
  private var libraryHeaders: [String] {
    switch framework {
    case .plain: []
    case .arduino:
      (firmware.format == .arduino ? [] : ["#include <Arduino.h>"]) + ["#include <TensorFlowLite.h>"]
    case .espIDF:
      (isOnHeap ? ["#include <esp_heap_caps.h>"] : [])
        + ["#include <freertos/FreeRTOS.h>", "#include <freertos/task.h>"]
    case .zephyr: ["#include <zephyr/kernel.h>"]
    }
  }

  private var framework: FirmwareFormat.Framework { firmware.format.framework(on: firmware.target.board) }

  /// Whether the arena is in external RAM, which ESP-IDF hands out at run time.
  private var isOnHeap: Bool { firmware.arenaMemory == .psram }

  private var declarations: String {
    isOnHeap
      ? """
      namespace {

      uint8_t* tensor_arena = nullptr;
      tflite::MicroInterpreter* interpreter = nullptr;

      """
      : """
      namespace {

      alignas(16) uint8_t tensor_arena[\(space)::kTensorArenaSize];
      tflite::MicroInterpreter* interpreter = nullptr;

      """
  }

  /// Conversions that the ports need, and no others: unused functions are warnings.
  private var helpers: [String] {
    var texts: [String] = []
    if firmware.inputs.contains(where: { $0.isConvertible }) { texts.append(Self.quantize) }
    if firmware.outputs.contains(where: { $0.isConvertible }) { texts.append(Self.dequantize) }
    return texts
  }

  /// Parentheses around the limits' names keep macros of Arduino cores away.
  private static let quantize = """
    // The stored number that means a real one: rounded to the nearest, and kept in the type's range.
    template <typename T>
    T Quantize(float value, float scale, int32_t zero_point) {
      const T lowest = (std::numeric_limits<T>::min)();
      const T highest = (std::numeric_limits<T>::max)();
      const float stored = roundf(value / scale) + static_cast<float>(zero_point);
      if (!(stored > static_cast<float>(lowest))) return lowest;
      return stored < static_cast<float>(highest) ? static_cast<T>(stored) : highest;
    }

    """

  private static let dequantize = """
    // The real number that a stored one means.
    template <typename T>
    float Dequantize(T stored, float scale, int32_t zero_point) {
      return scale * static_cast<float>(static_cast<int64_t>(stored) - zero_point);
    }

    """

  private var setup: String {
    let create =
      firmware.resourceVariables == 0
      ? """
        static tflite::MicroInterpreter static_interpreter(
            model, resolver, tensor_arena, \(space)::kTensorArenaSize);
      """
      : """
        tflite::MicroAllocator* allocator =
            tflite::MicroAllocator::Create(tensor_arena, \(space)::kTensorArenaSize);
        if (allocator == nullptr) return false;
        tflite::MicroResourceVariables* variables = tflite::MicroResourceVariables::Create(
            allocator, \(space)::kResourceVariableCount);
        static tflite::MicroInterpreter static_interpreter(model, resolver, allocator, variables);
      """
    return """
      // Prepares the interpreter; once, before the first inference.
      bool SetUpModel() {
        const tflite::Model* model = tflite::GetModel(\(firmware.name.dataSymbol));
        if (model->version() != TFLITE_SCHEMA_VERSION) {
          MicroPrintf("The model has schema version %d, TFLM reads %d.", static_cast<int>(model->version()),
                      TFLITE_SCHEMA_VERSION);
          return false;
        }
      \(allocation)  static \(space)::OperatorResolver resolver;
        if (\(space)::AddOperators(resolver) != kTfLiteOk) return false;
      \(create)
        if (static_interpreter.AllocateTensors() != kTfLiteOk) {
          MicroPrintf("AllocateTensors failed with an arena of %d bytes.",
                      static_cast<int>(\(space)::kTensorArenaSize));
          return false;
        }
        interpreter = &static_interpreter;
        return \(states.isEmpty ? "true" : "ResetState()");
      }

      """
  }

  /// Takes the arena from external RAM.
  private var allocation: String {
    guard isOnHeap else { return "" }
    return """
        tensor_arena = static_cast<uint8_t*>(
            heap_caps_aligned_alloc(16, \(space)::kTensorArenaSize, MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT));
        if (tensor_arena == nullptr) {
          MicroPrintf("There is no external RAM for an arena of %d bytes.",
                      static_cast<int>(\(space)::kTensorArenaSize));
          return false;
        }

      """
  }

  private var inference: String {
    let body =
      firmware.inputs.flatMap { states.fill($0) ?? PortRenderer(port: $0, space: space).fill }
      + [
        "  if (interpreter->Invoke() != kTfLiteOk) {", "    MicroPrintf(\"Invoke failed.\");",
        "    return false;", "  }",
      ]
      + states.keep
      + firmware.outputs.flatMap { PortRenderer(port: $0, space: space).read }
    return
      (["// One inference: fills the inputs, runs the model, reads the outputs.", "bool RunModel() {"] + body
      + ["  return true;", "}", "", "}  // namespace", ""]).joined(separator: "\n")
  }

  private var ending: String {
    switch framework {
    case .plain:
      """
      int main() {
        tflite::InitializeTarget();
        return SetUpModel() && RunModel() ? 0 : 1;
      }

      """
    case .arduino:
      """
      void setup() {
        tflite::InitializeTarget();
        SetUpModel();
      }

      void loop() {
        if (interpreter != nullptr) RunModel();
        delay(1000);
      }

      """
    case .espIDF:
      """
      extern "C" void app_main(void) {
        tflite::InitializeTarget();
        if (!SetUpModel()) return;
        while (RunModel()) vTaskDelay(pdMS_TO_TICKS(1000));
      }

      """
    case .zephyr:
      """
      int main() {
        tflite::InitializeTarget();
        if (!SetUpModel()) return 1;
        while (RunModel()) k_sleep(K_SECONDS(1));
        return 1;
      }

      """
    }
  }
}
