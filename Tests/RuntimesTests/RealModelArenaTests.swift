import Boards
import ModelFiles
import Testing
import _TestSupport

@testable import Runtimes

/// Arenas of the models in the folder that `NNOPT_MODELS` names.
@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct RealModelArenaTests {
  @Test(arguments: MeasuredArena.all)
  func predictionsEqualMeasurements(measured: MeasuredArena) throws {
    let entry = try #require(RealModels.all.first { $0.path.hasSuffix("/\(measured.model).tflite") })
    let model = try ModelFile.read(path: entry.path)
    let host = try TFLMRuntime(.host).predict(model)
    #expect([host.headBytes, host.tailBytes, host.smallestArenaBytes] == measured.host)
    let reference = try TFLMRuntime(Self.firmware(.reference)).predict(model)
    #expect([reference.headBytes, reference.tailBytes, reference.smallestArenaBytes] == measured.m4Reference)
    let optimized = try TFLMRuntime(Self.firmware(.cmsisNN)).predict(model)
    #expect([optimized.headBytes, optimized.tailBytes, optimized.smallestArenaBytes] == measured.m4CmsisNN)
    let vectorized = try TFLMRuntime(Self.firmware(.cmsisNN, .mve)).predict(model)
    #expect([vectorized.headBytes, vectorized.tailBytes] == measured.m55CmsisNN)
  }

  /// The measured firmware has room for 60 resource variables (derived: its tails show it).
  private static func firmware(
    _ kernels: KernelLibrary, _ vectors: VectorExtension = .dsp
  ) -> TFLMTarget {
    var target = TFLMTarget.cortexM(kernels, vectors)
    target.resourceVariableSlots = 60
    return target
  }
}

/// Head, tail and smallest arena in bytes, as measured: on the host with the recording allocator of the
/// Python package, on emulated Cortex-M4 and M55 without it.
struct MeasuredArena: Sendable, CustomTestStringConvertible {
  let model: String
  let host: [Int]
  let m4Reference: [Int]
  let m4CmsisNN: [Int]
  /// Head and tail.
  let m55CmsisNN: [Int]

  var testDescription: String { model }

  init(_ model: String, _ host: [Int], _ m4Reference: [Int], _ m4CmsisNN: [Int], _ m55CmsisNN: [Int]) {
    self.model = model
    self.host = host
    self.m4Reference = m4Reference
    self.m4CmsisNN = m4CmsisNN
    self.m55CmsisNN = m55CmsisNN
  }
}

extension MeasuredArena {
  static let all: [MeasuredArena] = [
    MeasuredArena(
      "pretrainedResnet", [196_608, 6_768, 203_376], [196_608, 5_152, 201_760],
      [196_608, 2_512, 199_120], [196_608, 2_512]),
    MeasuredArena(
      "pretrainedResnet_quant", [49_152, 6_832, 55_984], [49_152, 5_188, 54_352],
      [49_728, 5_268, 55_008], [49_728, 5_300]),
    MeasuredArena(
      "kws_ref_model", [16_000, 8_272, 24_272], [16_000, 6_772, 22_784],
      [16_000, 6_820, 22_832], [20_464, 6_884]),
    MeasuredArena(
      "vww_96_float", [294_912, 29_888, 324_800], [294_912, 26_896, 321_808],
      [294_912, 5_056, 299_968], [294_912, 5_056]),
    MeasuredArena(
      "vww_96_int8", [73_728, 29_952, 103_680], [73_728, 26_932, 100_672],
      [73_728, 26_980, 100_720], [73_728, 27_044]),
    MeasuredArena(
      "ad01_fp32", [3_072, 3_152, 6_224], [3_072, 1_456, 4_528],
      [3_072, 1_776, 4_848], [3_072, 1_776]),
    MeasuredArena(
      "str_ww_ref_model", [6_656, 9_984, 16_640], [6_656, 8_596, 15_264],
      [7_936, 8_660, 16_608], [11_280, 8_676]),
    MeasuredArena(
      "PPJ_CNN1_4_fashion_mnist_model", [40_560, 1_568, 42_128], [40_560, 832, 41_392],
      [40_560, 784, 41_344], [40_560, 784]),
    MeasuredArena(
      "PPJ_CNN1_13_fashion_mnist_integeronly_model", [10_144, 1_808, 11_952], [10_144, 992, 11_136],
      [10_144, 1_040, 11_184], [10_144, 1_088]),
    MeasuredArena(
      "person_detect", [55_296, 29_968, 85_264], [55_296, 26_996, 82_304],
      [55_296, 27_012, 82_320], [55_296, 27_060]),
    MeasuredArena(
      "micro_speech_quantized", [5_968, 1_616, 7_584], [5_968, 820, 6_800],
      [5_968, 868, 6_848], [6_928, 884]),
    MeasuredArena(
      "trained_lstm", [5_696, 2_576, 8_272], [5_696, 1_664, 7_360],
      [5_696, 1_920, 7_616], [5_696, 1_920]),
    MeasuredArena(
      "keyword_scrambled_8bit", [672, 9_360, 12_944], [672, 7_380, 10_400],
      [672, 7_540, 10_560], [672, 9_220]),
    MeasuredArena(
      "v1_alexa", [21_216, 31_920, 53_136], [21_216, 25_076, 46_304],
      [21_216, 25_140, 46_368], [21_216, 25_156]),
    MeasuredArena(
      "v2_okay_nabu", [4_096, 19_328, 24_512], [4_096, 15_492, 19_872],
      [4_800, 15_540, 20_464], [13_264, 15_556]),
    MeasuredArena(
      "model_1", [9_216, 7_296, 16_512], [9_216, 4_272, 13_488],
      [9_216, 4_432, 13_648], [9_216, 4_432]),
    MeasuredArena(
      "ssd_slim_120x160x1_v1_int8", [316_288, 43_872, 360_160], [316_288, 38_552, 354_848],
      [316_288, 38_552, 354_848], [316_288, 38_632]),
    MeasuredArena(
      "nasnet_a_small_96_float32", [318_784, 102_656, 421_440], [318_784, 78_512, 397_296],
      [318_784, 49_072, 367_856], [318_784, 49_072]),
    MeasuredArena(
      "randwire_ws_a_64_int8", [229_376, 45_792, 275_168], [229_376, 35_140, 264_528],
      [229_376, 35_188, 264_576], [229_376, 35_396]),
    MeasuredArena(
      "fashion_randwire_float32", [141_120, 29_104, 170_224], [141_120, 22_960, 164_080],
      [141_120, 11_632, 152_752], [141_120, 11_632]),
  ]
}
