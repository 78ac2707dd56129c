import Foundation
import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Datasets

@Suite struct SampleSetTests {
  private let model = SampleModels.dequantizer(dimensions: [1, 2, 2, 1], scale: 0.5, zeroPoint: 1)

  private func with(_ files: [String: Data], _ body: (String) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      for (name, data) in files { try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
      try body(folder)
    }
  }

  @Test func arraysAreCutIntoSamples() throws {
    let data = SampleFiles.npy(SampleFiles.header("|i1", "(3, 2, 2)"), Array(0..<12))
    try with(["x.npy": data]) { folder in
      let set = try SampleSet(model, files: [.init(path: "\(folder)/x.npy")])
      #expect(set.count == 3)
      #expect(try set.sample(1) == [[4, 5, 6, 7]])
      #expect(set.prefix(2).count == 2)
      #expect(set.inputs[0].description == "int8, unchanged")
    }
  }

  /// Numbers that were stored for one model stand for the same real ones in another.
  @Test func storedNumbersKeepTheirMeaning() throws {
    let data = SampleFiles.npy(SampleFiles.header("|i1", "(1, 2, 2)"), [3, 5, 7, 9])
    try with(["x.npy": data]) { folder in
      let files = [SampleSet.File(path: "\(folder)/x.npy")]
      let float = SampleModels.chain(.relu, .relu, dimensions: [1, 2, 2, 1])
      let reals = try SampleSet(float, files: files, storedFor: model)
      #expect(try reals.sample(0) == [NumericElements.bytes([1, 2, 3, 4] as [Float])])
      #expect(try SampleSet(model, files: files, storedFor: model).sample(0) == [[3, 5, 7, 9]])
      let other = SampleModels.dequantizer(dimensions: [1, 2, 2, 1], scale: 0.25, zeroPoint: 0)
      #expect(try SampleSet(other, files: files, storedFor: model).sample(0) == [[4, 8, 12, 16]])
      // Whoever says what to do to the numbers is obeyed.
      let said = try SampleSet(float, files: files, preprocessing: Preprocessing(scale: 1), storedFor: model)
      #expect(try said.sample(0) == [NumericElements.bytes([3, 5, 7, 9] as [Float])])
    }
  }

  @Test func theNumbersOfDataAreLookedAt() throws {
    let data = SampleFiles.npy(SampleFiles.header("|i1", "(2, 2, 2)"), [3, 5, 7, 9, 250, 1, 2, 3])
    try with(["x.npy": data]) { folder in
      let set = try SampleSet(model, files: [.init(path: "\(folder)/x.npy")])
      let all = NumberExtent(smallest: -6, largest: 9, areWhole: true)
      #expect(try set.extent(ofInput: 0, sampleCount: 10) == all)
      #expect(set.inputs[0].isUnchanged && !set.inputs[0].isPreprocessed)
      #expect(set.preprocessed(Preprocessing(scale: 1)).inputs[0].isPreprocessed)
      #expect(set.inputs[0].portRange == -64.5...63)
    }
  }

  @Test func everyFormatGivesTheSame() throws {
    let expected: [UInt8] = [3, 5, 7, 9]
    let reals = NumericElements.bytes([1, 2, 3, 4] as [Float])
    let array = SampleFiles.npy(SampleFiles.header("<f4", "(1, 4)"), reals)
    let archive = Data(try #require(NumPyArchive.encode([("any", [UInt8](array))])))
    let named = Data(try #require(NumPyArchive.encode([("other", [UInt8](array)), ("x", [UInt8](array))])))
    let files = [
      "a.npy": array, "b.npz": archive, "c.npz": named, "d.csv": Data("1,2,3,4\n".utf8),
      "e.raw": Data(expected),
      "f": array,
    ]
    try with(files) { folder in
      for name in files.keys.sorted() {
        let set = try SampleSet(model, files: [.init(path: "\(folder)/\(name)")])
        #expect(set.count == 1)
        #expect(try set.sample(0) == [expected], "\(name)")
      }
    }
  }

  @Test func imagesAreBroughtToTheInput() throws {
    let image = SampleFiles.png(width: 1, height: 1, channels: 3, [2, 2, 2])
    try with(["a.png": Data(image), "b.png": Data("broken".utf8)]) { folder in
      let set = try SampleSet(
        model, files: [.init(input: "x", path: folder)], preprocessing: Preprocessing(scale: 0.5))
      #expect(set.count == 2)
      #expect(try set.sample(0) == [[3, 3, 3, 3]])
      #expect(set.inputs[0].description == "uint8 → x · 0.5 → int8 (scale 0.5, zero point 1)")
      #expect(throws: DataError.self) { try set.sample(1) }
    }
  }

  @Test func wrongShapesNameBoth() throws {
    let data = SampleFiles.npy(SampleFiles.header("|i1", "(3, 2, 1)"), Array(0..<6))
    try with(["x.npy": data, "y.raw": Data([1, 2, 3])]) { folder in
      #expect(
        throws: DataError.wrongShape(
          file: "\(folder)/x.npy", input: "x", expected: "N×2×2×1", got: "3×2×1", hint: nil)
      ) {
        try SampleSet(model, files: [.init(path: "\(folder)/x.npy")])
      }
      #expect(throws: DataError.self) { try SampleSet(model, files: [.init(path: "\(folder)/y.raw")]) }
    }
  }

  @Test func badNumbersNameTheSample() throws {
    let reals = NumericElements.bytes([1, 2, 3, 4, 5, 6, .nan, 8] as [Float])
    try with(["x.npy": SampleFiles.npy(SampleFiles.header("<f4", "(2, 4)"), reals)]) { folder in
      let set = try SampleSet(model, files: [.init(path: "\(folder)/x.npy")])
      _ = try set.sample(0)
      #expect(
        performing: { _ = try set.sample(1) },
        throws: { "\($0)" == "\(folder)/x.npy: sample 1, element 2 is NaN; repair the data" })
    }
  }

  @Test func inputsAndFilesMustGoTogether() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 2], .float32)
    let y = builder.input("y", [1, 2], .float32)
    let z = builder.value("z", [1, 2], .float32)
    builder.node(.add, [x, y], [z])
    builder.outputs([z])
    let model = Model(graphs: [builder.graph])
    let array = SampleFiles.npy(SampleFiles.header("|u1", "(2, 2)"), [1, 2, 3, 4])
    let longer = SampleFiles.npy(SampleFiles.header("|u1", "(3, 2)"), Array(0..<6))
    try with(["a.npy": array, "b.npy": longer]) { folder in
      func message(_ files: [SampleSet.File]) -> String {
        do {
          _ = try SampleSet(model, files: files)
          return ""
        } catch {
          return "\(error)".replacingOccurrences(of: folder, with: "")
        }
      }
      let first = SampleSet.File(input: "x", path: "\(folder)/a.npy")
      #expect(message([first]) == "input 'y' (float32 1×2) has no data")
      #expect(
        message([.init(path: "\(folder)/a.npy")])
          == "/a.npy: say which input it is for; the model has 2: 'x', 'y'")
      #expect(
        message([.init(input: "w", path: "\(folder)/a.npy")])
          == "/a.npy: the model has no input 'w', only 'x', 'y'")
      #expect(message([first, first]) == "input 'x' has two files")
      #expect(message([.init(input: "#0", path: first.path), .init(input: "#1", path: first.path)]) == "")
      #expect(message([.init(input: "#2", path: first.path)]).contains("the model has no input '#2'"))
      #expect(
        message([first, .init(input: "y", path: "\(folder)/b.npy")])
          == "/a.npy has 2 samples, /b.npy has 3; give as many for every input")
      #expect(message([first, .init(input: "y", path: "\(folder)/a.npy")]) == "")
      #expect(message([.init(input: "x", path: "\(folder)/c.npy")]).contains("there is no such file"))
    }
  }

  @Test func randomDataAreTheSameEveryTime() throws {
    let set = try SampleSet.random(for: model, count: 2, seed: 7)
    let other = try SampleSet.random(for: model, count: 2, seed: 7)
    #expect(try set.sample(1) == other.sample(1))
    #expect(try set.sample(0) != set.sample(1))
    let float = SampleModels.chain(.abs, .neg, dimensions: [1, 4])
    let alike = try SampleSet.random(for: float, alike: model, count: 1, seed: 7).sample(0)[0]
    let dequantized = try #require(NumericElements.floats(alike, .float32))
    #expect(dequantized.allSatisfy { $0 >= -64.5 && $0 <= 63 } && dequantized.contains { abs($0) > 1 })
  }

  @Test func hugeInputsGetNoData() throws {
    _ = try SampleSet.random(for: SampleModels.chain(.abs, .neg, dimensions: [1 << 25]), count: 1, seed: 7)
    let huge = SampleModels.chain(.abs, .neg, dimensions: [2, 1 << 25])
    #expect(throws: DataError.self) { try SampleSet.random(for: huge, count: 1, seed: 7) }
    #expect(throws: DataError.self) { try SampleSet(huge, files: [.init(path: "none.npy")]) }
  }
}
