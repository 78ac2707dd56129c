import Boards
import GraphIR
import Operators
import Testing
import _TestSupport

@testable import Runtimes

/// Against the libraries' own functions, compiled for a host from the sources of each release.
@Suite struct KernelReleaseTests {
  /// A convolution: input, filter, stride, and whether it is padded as `SAME`.
  struct Shape: Sendable {
    let channels: Int32
    let width: Int32
    let height: Int32
    let outputs: Int32
    let taps: (width: Int32, height: Int32)
    let stride: Int
    let isPadded: Bool

    init(
      _ channels: Int32, _ width: Int32, _ height: Int32, _ outputs: Int32, _ taps: Int32,
      _ stride: Int,
      _ isPadded: Bool, height filterHeight: Int32? = nil
    ) {
      (self.channels, self.width, self.height, self.outputs) = (channels, width, height, outputs)
      self.taps = (taps, filterHeight ?? taps)
      (self.stride, self.isPadded) = (stride, isPadded)
    }

    func length(_ input: Int32, _ taps: Int32) -> Int {
      isPadded ? (Int(input) + stride - 1) / stride : (Int(input) - Int(taps)) / stride + 1
    }

    func site(isDepthwise: Bool, _ type: Int = 8) throws -> ConvolutionSite {
      var builder = GraphBuilder()
      let input = builder.input("x", [1, height, width, channels], type == 8 ? .int8 : .int16)
      let filter = builder.constant(
        "w",
        isDepthwise
          ? [1, taps.height, taps.width, channels * outputs]
          : [outputs, taps.height, taps.width, channels])
      func window(_ input: Int32, _ taps: Int32) throws -> Window {
        try Window(
          input: Int(input), output: length(input, taps), taps: Int(taps), stride: stride)
      }
      return ConvolutionSite(
        input: builder.graph[input], filter: builder.graph[filter],
        rows: try window(height, taps.height), columns: try window(width, taps.width))
    }
  }

  private func esp(_ version: String) throws -> EspScratch {
    EspScratch(facts: try KernelChoice(parsing: "esp-nn@\(version)").release.espFacts)
  }

  private static let espVersions = ["1.1.2", "1.2.0", "1.2.2", "1.2.3"]

  @Test(arguments: [
    (Shape(8, 8, 8, 16, 1, 1, false), [288, 288, 288, 320], [288, 288, 288, 384]),
    (
      Shape(20, 8, 8, 16, 1, 1, false), [2_336, 2_336, 2_336, 2_368], [2_336, 2_336, 2_336, 2_336]
    ),
    (Shape(16, 2, 2, 5, 1, 1, false), [112, 112, 112, 144], [112, 112, 112, 112]),
    (Shape(8, 9, 9, 4, 3, 1, false), [624, 624, 1_008, 1_040], [624, 624, 624, 624]),
    (Shape(8, 9, 9, 4, 3, 1, true), [1_592, 1_592, 2_944, 2_976], [1_592, 1_592, 1_592, 120]),
    (Shape(3, 33, 31, 8, 3, 2, true), [4_681, 4_681, 384, 416], [4_681, 4_681, 4_681, 91]),
    (Shape(1, 97, 40, 8, 3, 2, true), [5_176, 5_176, 9_760, 9_792], [5_176, 5_176, 5_176, 5_176]),
    (
      Shape(16, 24, 25, 32, 5, 2, true), [25_024, 25_024, 51_264, 51_296],
      [25_024, 25_024, 25_024, 560]
    ),
  ])
  func convolutionsOfEspNN(shape: Shape, s3: [Int], p4: [Int]) throws {
    let site = try shape.site(isDepthwise: false)
    for (index, version) in Self.espVersions.enumerated() {
      let scratch = try esp(version)
      #expect(
        scratch.convolution(site, outputChannels: Int(shape.outputs)) == s3[index], "\(version)")
      #expect(
        scratch.convolutionP4(site, outputChannels: Int(shape.outputs)) == p4[index], "\(version)")
    }
    #expect(try esp("1.0.0").convolutionP4(site, outputChannels: Int(shape.outputs)) == 0)
  }

  @Test(arguments: [
    (Shape(32, 20, 49, 1, 3, 2, true), [32_944, 32_944, 32_944, 32_944]),
    (Shape(32, 20, 49, 1, 3, 1, true), [36_208, 36_208, 36_208, 36_208]),
    (Shape(16, 48, 48, 1, 3, 1, true), [40_160, 40_160, 40_160, 40_160]),
    (Shape(64, 100, 60, 1, 3, 2, true), [405_328, 405_328, 20_176, 20_176]),
    (Shape(24, 15, 15, 1, 3, 1, true), [11_248, 11_264, 19_104, 19_104]),
    (Shape(8, 20, 20, 1, 3, 1, true), [6_560, 6_576, 6_576, 6_576]),
    (Shape(40, 25, 5, 1, 5, 1, true), [32, 32, 12_032, 12_032]),
    (Shape(128, 40, 40, 1, 5, 2, true), [32, 32, 57_632, 57_632]),
    (Shape(5, 10, 10, 1, 3, 1, true), [32, 32, 2_656, 2_656]),
    (Shape(4, 12, 12, 4, 3, 1, false), [1_456, 1_472, 1_472, 1_472]),
    (Shape(16, 9, 9, 1, 3, 2, false), [1_760, 1_760, 1_760, 1_760]),
  ])
  func depthwiseConvolutionsOfEspNN(shape: Shape, bytes: [Int]) throws {
    let site = try shape.site(isDepthwise: true)
    for (index, version) in Self.espVersions.enumerated() {
      #expect(
        try esp(version).depthwise(site, multiplier: Int(shape.outputs)) == bytes[index],
        "\(version)")
    }
  }

  /// 49×20×32 with stride 2, as pull request 37 of ESP-NN has it: 32,944 bytes asked for, 44,912 written.
  @Test func unevenPaddingWasTooSmall() throws {
    let uneven = try Shape(32, 20, 49, 1, 3, 2, true).site(isDepthwise: true)
    let overrun = try #require(try esp("1.2.3").depthwiseOverrun(uneven, multiplier: 1))
    #expect(overrun == (32_944, 44_912))
    #expect(try #require(try esp("1.2.0").depthwiseOverrun(uneven, multiplier: 1)).asked == 32_944)
    let mended = try esp("1.2.3+pr37")
    #expect(mended.depthwiseOverrun(uneven, multiplier: 1) == nil)
    #expect(mended.depthwise(uneven, multiplier: 1) >= 44_912)
    let even = try Shape(32, 20, 49, 1, 3, 1, true).site(isDepthwise: true)
    #expect(try esp("1.2.3").depthwiseOverrun(even, multiplier: 1) == nil)
    #expect(
      try esp("1.2.3").depthwise(even, multiplier: 1) == mended.depthwise(even, multiplier: 1))
  }

  private static let cmsisVersions = ["4.1.0", "5.0.0", "6.0.0", "7.0.0"]

  private func cmsis(_ version: String, _ vectors: VectorExtension) throws -> CmsisScratch {
    CmsisScratch(
      vectors: vectors, facts: try KernelChoice(parsing: "cmsis-nn@\(version)").release.cmsisFacts)
  }

  @Test(arguments: [
    (Shape(8, 8, 8, 16, 1, 1, false), 8, [0, 0, 0, 0], [0, 0, 0, 0]),
    (Shape(3, 96, 96, 8, 3, 2, true), 8, [108, 112, 112, 112], [128, 128, 128, 128]),
    (Shape(5, 10, 10, 7, 3, 1, true), 8, [180, 192, 192, 192], [192, 192, 192, 192]),
    (Shape(8, 30, 1, 6, 5, 1, true, height: 1), 8, [160, 160, 160, 160], [0, 0, 56, 56]),
    (Shape(8, 31, 1, 6, 5, 2, false, height: 1), 8, [160, 160, 160, 160], [0, 0, 40, 40]),
    (Shape(6, 12, 12, 4, 3, 1, false), 16, [216, 216, 216, 216], [0, 0, 448, 448]),
  ])
  func convolutionsOfCmsisNN(shape: Shape, type: Int, dsp: [Int], mve: [Int]) throws {
    let site = try shape.site(isDepthwise: false, type)
    for (index, version) in Self.cmsisVersions.enumerated() {
      #expect(try cmsis(version, .dsp).convolution(site) == dsp[index], "\(version)")
      #expect(try cmsis(version, .mve).convolution(site) == mve[index], "\(version)")
    }
  }

  @Test(arguments: [
    (Shape(16, 9, 9, 1, 3, 1, true), [0, 0, 0, 0], [4_464, 4_464, 4_464, 4_464]),
    (Shape(16, 9, 9, 1, 5, 1, true), [800, 800, 800, 800], [12_400, 12_400, 12_400, 12_400]),
    (Shape(1, 20, 10, 8, 3, 1, true), [0, 0, 0, 0], [0, 0, 0, 136]),
    (Shape(1, 30, 30, 8, 5, 2, false), [0, 0, 0, 0], [0, 0, 0, 328]),
  ])
  func depthwiseConvolutionsOfCmsisNN(shape: Shape, dsp: [Int], mve: [Int]) throws {
    let site = try shape.site(isDepthwise: true)
    let channels = Int(shape.channels * shape.outputs)
    for (index, version) in Self.cmsisVersions.enumerated() {
      #expect(
        try cmsis(version, .dsp).depthwise(site, outputChannels: channels) == dsp[index],
        "\(version)")
      #expect(
        try cmsis(version, .mve).depthwise(site, outputChannels: channels) == mve[index],
        "\(version)")
    }
  }

  @Test(arguments: KernelLibrary.allCases)
  func releasesAreInOrder(library: KernelLibrary) throws {
    let releases = KernelRelease.all(of: library)
    #expect(releases.allSatisfy { $0.library == library })
    #expect(zip(releases, releases.dropFirst()).allSatisfy { $0.date <= $1.date })
    #expect(Set(releases.map(\.version)).count == releases.count)
    #expect(KernelRelease.newest(of: library) == releases.last)
    for release in releases {
      #expect(
        try KernelChoice(parsing: "\(library.rawValue)@\(release.version)").release == release)
    }
    #expect(try KernelChoice(parsing: library.rawValue).release == releases.last)
  }

  @Test func unknownVersionsNameTheKnown() {
    let error = #expect(throws: KernelChoiceError.self) { try KernelChoice(parsing: "esp-nn@9.9") }
    #expect(error?.description.contains("1.2.2, 1.2.3, 1.2.3+pr37") == true)
    for text in ["", "@", "esp", "esp-nn@", "cmsis-nn@1.2.3", "any"] {
      #expect(throws: KernelChoiceError.self) { try KernelChoice(parsing: text) }
    }
  }

  @Test func aTargetHasAReleaseOfItsLibrary() throws {
    let old = try KernelChoice(parsing: "esp-nn@1.1.2").release
    #expect(TFLMTarget(commonFor: .espNN, release: old).release == old)
    #expect(TFLMTarget(commonFor: .cmsisNN, release: old).release == .newest(of: .cmsisNN))
    #expect(TFLMTarget.host.release == .newest(of: .reference))
  }
}
