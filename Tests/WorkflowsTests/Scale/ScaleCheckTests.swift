import Datasets
import Foundation
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Workflows

@Suite struct ScaleCheckTests {
  /// Four samples for the model's only input.
  private func samples(
    _ model: Model, _ type: ElementType, preprocessing: Preprocessing = .none, storedFor: Model? = nil,
    _ number: (Int) -> Float
  ) throws -> SampleSet {
    let input = try #require(model.graphs[0].inputs.first ?? nil)
    let shape = try #require(Shape([4] + (model.graphs[0][input].shape?.dimensions ?? [])))
    let numbers = (0..<shape.elementCount).map(number)
    let bytes =
      type == .float32
      ? numbers.flatMap { Self.bytes($0.bitPattern) } : numbers.map { UInt8(truncatingIfNeeded: Int($0)) }
    return try TemporaryFolder.with { folder in
      let file = try #require(NumPyFile.encode(shape: shape, elementType: type, bytes: bytes))
      try Data(file).write(to: URL(filePath: "\(folder)/x.npy"))
      return try SampleSet(
        model, files: [.init(path: "\(folder)/x.npy")], preprocessing: preprocessing, storedFor: storedFor)
    }
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
  }

  private static func pixel(_ index: Int) -> Float { Float(index * 7919 % 256) }

  private static let floatModels = OwnModels.paths.filter { $0.contains("float32") }

  @Test(arguments: floatModels) func pixelsWithoutScaleAreSuspicious(path: String) throws {
    let model = try ModelFile.read(path: path)
    let found = try #require(
      try ScaleCheck(model).suspicion(of: samples(model, .uint8, Self.pixel)), "\(path)")
    #expect(
      found.proposals.map { $0.options.joined(separator: " ") }.sorted() == [
        "--mean 127.5 --scale 1/127.5", "--scale 1", "--scale 1/255",
      ])
    #expect(found.problem.contains("whole numbers from 0 to 2") && found.problem.contains("(uint8)"))
    #expect(found.lines.count == 3 && found.lines[0].contains("0 … 1  "))
  }

  @Test(arguments: floatModels) func whoSaysAScaleIsBelieved(path: String) throws {
    let model = try ModelFile.read(path: path)
    for preprocessing in [
      Preprocessing(scale: 1), Preprocessing(scale: 1 / 255), Preprocessing(mean: 127.5, scale: 1 / 127.5),
    ] {
      let samples = try samples(model, .uint8, preprocessing: preprocessing, Self.pixel)
      #expect(try ScaleCheck(model).suspicion(of: samples) == nil)
    }
  }

  @Test func fractionsAreScaledAlready() throws {
    let model = try ModelFile.read(path: try #require(Self.floatModels.first))
    let check = ScaleCheck(model)
    #expect(try check.suspicion(of: samples(model, .float32) { Self.pixel($0) / 255 }) == nil)
    // Such as cepstral coefficients.
    #expect(try check.suspicion(of: samples(model, .float32) { Self.pixel($0) * 2.3 - 300 }) == nil)
    // Bits and small counts.
    #expect(try check.suspicion(of: samples(model, .uint8) { Float($0 % 2) }) == nil)
    #expect(try check.suspicion(of: samples(model, .float32) { Float($0 % 12) }) == nil)
    // Pixels that somebody has stored as floats.
    #expect(try check.suspicion(of: samples(model, .float32, Self.pixel)) != nil)
  }

  @Test func modelsThatScaleThemselvesTakePixels() throws {
    for (code, number, isTaken) in [
      (BuiltinOperator.mul, Float(1) / 255, true), (.div, 255, true), (.sub, 127.5, true), (.mul, 2, false),
      (.add, -1, false),
    ] {
      var builder = GraphBuilder()
      let x = builder.input("x", [1, 4, 4, 1], .float32)
      let y = builder.value("y", [1, 4, 4, 1], .float32)
      let factor = builder.constant("c", [1], .float32, bytes: Self.bytes(number.bitPattern))
      builder.node(code, [x, factor], [y])
      builder.outputs([y])
      let model = Model(graphs: [builder.graph])
      let found = try ScaleCheck(model).suspicion(of: samples(model, .uint8, Self.pixel))
      #expect((found == nil) == isTaken, "\(code.name) \(number)")
    }
  }

  @Test func quantizationSaysWhatAnInputTakes() throws {
    func model(_ scale: Float, _ zeroPoint: Int64) -> Model {
      SampleModels.dequantizer(dimensions: [1, 4, 4, 1], scale: scale, zeroPoint: zeroPoint)
    }
    for (scale, zeroPoint, first) in [
      (Float(1) / 255, Int64(-128), "--scale 1/255"), (1 / 127.5, 0, "--mean 127.5 --scale 1/127.5"),
    ] {
      let model = model(scale, zeroPoint)
      let found = try ScaleCheck(model).suspicion(of: samples(model, .uint8, Self.pixel))
      #expect(found?.proposals.first?.options.joined(separator: " ") == first)
      // Stored numbers of the input's own type are no pixels.
      #expect(try ScaleCheck(model).suspicion(of: samples(model, .int8, Self.pixel)) == nil)
    }
    let wide = model(1, -128)
    #expect(try ScaleCheck(wide).suspicion(of: samples(wide, .uint8, Self.pixel)) == nil)
  }

  @Test func aRecordedRangeOfPixelsIsNotBelieved() throws {
    for (low, high, first) in [
      (Float(0), Float(255), "--scale 1/255"), (-1, 1, "--mean 127.5 --scale 1/127.5"),
    ] {
      var model = SampleModels.chain(.relu, .relu, dimensions: [1, 4, 4, 1])
      let input = try #require(model.graphs[0].inputs.first ?? nil)
      model.graphs[0][input].quantization = Quantization(
        min: [low], max: [high], scales: nil, zeroPoints: nil)
      let found = try ScaleCheck(model).suspicion(of: samples(model, .uint8, Self.pixel))
      #expect(found?.proposals.first?.options.joined(separator: " ") == first)
    }
  }

  @Test func labelsShowTheRightScale() throws {
    // The class is the first one for small numbers, the second for large ones.
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 2], .float32)
    let y = builder.value("y", [1, 2], .float32)
    let limit = builder.constant(
      "limit", [1, 2], .float32, bytes: Self.bytes(Float(100).bitPattern) + Self.bytes(Float(0).bitPattern))
    builder.node(.minimum, [x, limit], [y])
    builder.outputs([y])
    let model = Model(graphs: [builder.graph])
    let samples = try samples(model, .uint8) { index in index % 2 == 0 ? 10 : 200 }
    let found = try ScaleCheck(model).suspicion(of: samples, labels: Labels([0, 0, 0, 0], file: "y"))
    #expect(found?.proposals.allSatisfy { $0.evidence?.hasPrefix("top-1") == true } == true)
  }
}
