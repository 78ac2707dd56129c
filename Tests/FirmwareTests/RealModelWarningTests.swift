import ModelFiles
import Testing
import _TestSupport

@testable import Firmware

@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct RealModelWarningTests {
  /// Models that the tflite-micro Python package of October 2026 refuses, by what keeps it; movenet
  /// is allocated and stops at its first operator.
  private static let refused: [String: FirmwareWarning.Kind] = [
    "PPJ_CNN1_10_fashion_mnist_float16_model.tflite": .float16,
    "deeplabv3_mnv2_dm05_pascal_quant.tflite": .uint8,
    "face_detection_front.tflite": .float16,
    "mobilenet_v1_0.25_128_quant.tflite": .uint8,
    "movenet_single_pose_lightning_ptq.tflite": .types,
  ]

  @Test(arguments: RealModels.all)
  func warningsAppearExactlyWhereTFLMRefuses(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    let warnings = try Samples.firmware(model).warnings
    #expect(warnings.first?.kind == Self.refused[entry.description], "\(warnings)")
  }
}
