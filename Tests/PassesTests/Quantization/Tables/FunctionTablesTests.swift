import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

@testable import Passes

/// Functions that no integer kernel computes become tables, and each result is the nearest number that can be stored.
@Suite struct FunctionTablesTests {
  /// A function behind a layer's activation, and before a sum.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// What goes into the function.
    let range: ClosedRange<Float>
    /// What the model has left of it.
    let operators: [BuiltinOperator]
    /// Signal to noise that 8 bits keep.
    var least = 30.0
    let function: @Sendable (inout NetBuilder, ValueID) -> ValueID

    var testDescription: String { name }
  }

  private static let table: [BuiltinOperator] = [.cast, .add, .gather]

  private static func unary(
    _ code: BuiltinOperator, _ range: ClosedRange<Float>, _ operators: [BuiltinOperator] = table,
    least: Double = 30
  ) -> Case {
    Case(name: code.name, range: range, operators: operators, least: least) { net, x in
      net.node(code, [x], net.dimensions(x))
    }
  }

  private static func square(_ net: inout NetBuilder, _ x: ValueID) -> ValueID {
    net.arithmetic(.mul, x, x)
  }

  static let cases: [Case] = [
    unary(.exp, -3...3), unary(.log, 0.5...4), unary(.sqrt, 0.1...4), unary(.sin, -3...3),
    unary(.cos, -3...3), unary(.neg, -3...3), unary(.floor, -3...3, least: 15),
    unary(.ceil, -3...3, least: 15), unary(.round, -3...3, least: 15), unary(.sign, -3...3, least: 15),
    unary(.gelu, -3...3), unary(.rsqrt, 0.5...4, [.rsqrt]), unary(.elu, -3...3, [.elu]),
    unary(.square, -3...3, [.mul]), unary(.abs, -3...3, [.abs]),
    Case(name: "POW", range: -2...2, operators: table) { net, x in
      let three = net.floats([], [3])
      return net.node(.pow, [x, three], net.dimensions(x), (.pow, "PowOptions", []))
    },
    Case(name: "DIV_CONSTANT", range: -3...3, operators: [.mul]) { net, x in
      let divisor = net.floats([1, 4], [0.5, 2, 3, 4])
      return net.node(.div, [x, divisor], net.dimensions(x), (.div, "DivOptions", []))
    },
    Case(name: "RECIPROCAL", range: 0.5...4, operators: table) { net, x in
      let one = net.floats([], [1])
      return net.node(.div, [one, x], net.dimensions(x), (.div, "DivOptions", []))
    },
    Case(name: "DIV", range: 0.5...4, operators: table + [.mul]) { net, x in
      // Another offset for each channel: no function of one number.
      let offsets = net.floats([1, 4], [1, 2, 0.5, 3])
      let shifted = net.arithmetic(.add, x, offsets)
      return net.node(.div, [x, shifted], net.dimensions(x), (.div, "DivOptions", []))
    },
    Case(name: "SOFTPLUS", range: -3...3, operators: table) { net, x in
      let power = net.node(.exp, [x], net.dimensions(x), (.exp, "ExpOptions", []))
      let one = net.floats([], [1])
      let sum = net.arithmetic(.add, power, one)
      return net.node(.log, [sum], net.dimensions(x))
    },
    Case(
      name: "LAYER_NORMALIZATION", range: -3...3, operators: [.mean, .squaredDifference, .rsqrt], least: 25
    ) {
      net, x in net.normalized(x)
    },
  ]

  private func model(_ item: Case) -> Model {
    var net = NetBuilder(seed: 3)
    let x = net.input([1, 6, 6, 4])
    let width = item.range.upperBound - item.range.lowerBound
    let factors = net.floats([], [width])
    let scaled = net.arithmetic(.mul, x, factors)
    let offset = net.floats([], [item.range.lowerBound])
    let shifted = net.arithmetic(.add, scaled, offset)
    let y = item.function(&net, shifted)
    let halves = net.floats([], [0.5])
    let result = net.arithmetic(.mul, y, halves)
    return net.model([result])
  }

  @Test(arguments: cases) func becomesInteger(_ item: Case) throws {
    let float = model(item)
    let samples = try SampleSet.random(for: float, count: 32, seed: 1)
    var model = float
    var log = PassLog()
    try QuantizeIntegers(samples: samples).run(on: &model, log: &log)
    let read = try ModelFile.parse(ModelFile.serialize(model), name: item.name)
    #expect(!read.graphs[0].values.contains { $0.elementType == .float32 })
    let codes = read.graphs[0].nodes.map(\.code.builtin)
    #expect(item.operators.allSatisfy(codes.contains), "\(codes)")
    #expect(!codes.contains { [.quantize, .dequantize, .exp, .log, .div, .square].contains($0) }, "\(codes)")
    let test = try SampleSet.random(for: float, alike: read, count: 24, seed: 2)
    let other = try SampleSet.random(for: read, alike: float, count: 24, seed: 2)
    let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(read))
      .run(test, other, runner: ParallelRunner())
    let sqnr = result.outputs[0].difference.sqnrDb
    #expect(sqnr > item.least, "\(sqnr)")
    guard let folder = ProcessInfo.processInfo.environment["NNOPT_QUANTIZED"] else { return }
    print("SQNR", item.name, sqnr)
    try ModelFile.write(float, to: "\(folder)/F-\(item.name)-before.tflite")
    try ModelFile.write(read, to: "\(folder)/F-\(item.name)-after.tflite")
  }

  /// Each entry is what the float kernel gives for the number of its place, rounded to the result's scale.
  @Test func entriesAreTheNearest() throws {
    let item = try #require(Self.cases.first { $0.name == "SOFTPLUS" })
    let float = model(item)
    var model = float
    var log = PassLog()
    let samples = try SampleSet.random(for: float, count: 32, seed: 1)
    try QuantizeIntegers(samples: samples).run(on: &model, log: &log)
    let graph = model.graphs[0]
    let gather = try #require(graph.nodes.first { $0.code.builtin == .gather })
    let cast = try #require(graph.nodes.first { $0.code.builtin == .cast })
    let table = graph[try #require(gather.inputs[0])]
    let (input, output) = (graph[try #require(cast.inputs[0])], graph[gather.outputs[0]])
    let entries = table.data.bytes.map { Int8(bitPattern: $0) }
    let (inScale, inZero) = (
      try #require(input.quantization?.scales?.first), input.quantization?.zeroPoints?.first ?? 0
    )
    let (scale, zero) = (
      try #require(output.quantization?.scales?.first), output.quantization?.zeroPoints?.first ?? 0
    )
    #expect(entries.count == 256)
    var wrong: [Int] = []
    for (index, entry) in entries.enumerated() {
      let x = Double(index - 128 - Int(inZero)) * Double(inScale)
      let steps = log1p(exp(6 * x - 3)) / 2 / Double(scale) + Double(zero)
      if abs(Double(entry) - min(max(steps, -128), 127)) > 0.501 { wrong.append(index) }
    }
    #expect(wrong.isEmpty)
    #expect(graph.nodes.map(\.code.builtin) == [.cast, .add, .gather])
    #expect(log.edits.contains { $0.sentence.hasPrefix("a table of 256 numbers") })
  }

  /// Sixteen bits have no table: such operators stay float, and their price is said.
  @Test func wideFunctionsStayFloat() throws {
    let float = model(try #require(Self.cases.first { $0.name == "EXP" }))
    let samples = try SampleSet.random(for: float, count: 8, seed: 1)
    var options = QuantizeIntegers.Options()
    options.scheme = .int16x8
    var model = float
    var log = PassLog()
    #expect(throws: PassError.self) {
      try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    }
    options.allowsFloatFallback = true
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    #expect(model.graphs[0].nodes.contains { $0.code.builtin == .exp })
    #expect(log.refusals.contains { $0.sentence.contains("its activations take") })
  }
}

extension NetBuilder {
  /// Zero mean and unit variance along the last axis, as Keras writes it.
  fileprivate mutating func normalized(_ x: ValueID) -> ValueID {
    let shape = dimensions(x)
    let reduced = shape.dropLast() + [1]
    let options: (OptionsCode, String, [(String, Int64)]) = (.reducer, "ReducerOptions", [("keep_dims", 1)])
    let axis = integers([Int32(shape.count - 1)])
    let mean = node(.mean, [x, axis], Array(reduced), options)
    let squares = node(
      .squaredDifference, [x, mean], shape, (.squaredDifference, "SquaredDifferenceOptions", []))
    let variance = node(.mean, [squares, axis], Array(reduced), options)
    let least = floats([], [0.001])
    let safe = arithmetic(.add, variance, least)
    let root = node(.rsqrt, [safe], Array(reduced))
    let centred = arithmetic(.sub, x, mean)
    return arithmetic(.mul, centred, root)
  }
}
