import Datasets
import Execution
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

/// Channels that hold the same numbers as others.
@Suite struct TwinChannelsTests {
  private func squeeze(_ model: Model) throws -> (model: Model, log: PassLog) {
    var result = model
    var log = PassLog()
    try ConstantChannels().run(on: &result, log: &log)
    try GraphVerifier().verify(result)
    return (result, log)
  }

  private func answers(_ model: Model, seed: UInt64, count: Int = 4) throws -> [[[UInt8]]] {
    let samples = try SampleSet.random(for: model, count: count, seed: seed)
    let session = Session(try Interpreter(model))
    return try (0..<count).map { try session.run(try samples.sample($0)) }
  }

  private func macs(_ model: Model) -> Int { ChannelPruning.multiplyAccumulates(of: model) }

  @Test(arguments: [ElementType.int8, .uint8, .int16])
  func noAnswerOfGeneratedNetsChanges(type: ElementType) throws {
    var (smaller, total) = (0, 0)
    for seed in 0..<60 {
      let model = TwinnedLayers.twinned(
        ConstantChannelsTests.network(seed: UInt64(seed), type), dividing: [1, 8, 16][seed % 3])
      guard (try? Interpreter(model)) != nil else { continue }
      let (result, log) = try squeeze(model)
      #expect(try answers(model, seed: UInt64(seed)) == answers(result, seed: UInt64(seed)), "seed \(seed)")
      total += 1
      #expect(macs(result) <= macs(model))
      if log.edits.contains(where: { $0.sentence.contains("they hold what others hold") }) { smaller += 1 }
      #expect(try macs(squeeze(result).model) == macs(result), "seed \(seed): a second run finds more")
    }
    #expect(total >= 50)
    #expect(smaller * 4 > total, "\(smaller) of \(total)")
  }

  /// A convolution of 8 channels, of which some are equal, and one behind it.
  private func pair(
    _ type: ElementType = .int8, dividing divisor: Int, then next: (inout IntegerGraphs, ValueID) -> ValueID
  ) -> (model: Model, wide: ValueID) {
    var graphs = IntegerGraphs(seed: 4, type: type)
    graphs.zeroPercent = 0
    let wide = graphs.convolution(graphs.input([1, 6, 6, 3]), outputs: 8, taps: 3, isSame: true)
    let output = next(&graphs, wide)
    return (TwinnedLayers.twinned(graphs.model(outputs: [output]), dividing: divisor), wide)
  }

  @Test func equalChannelsBecomeOneWhereTheirWeightsFit() throws {
    let (model, wide) = pair(dividing: 8) { $0.convolution($1, outputs: 4, taps: 3, isSame: true) }
    let (result, log) = try squeeze(model)
    let distinct = Set((0..<8).map(TwinnedLayers.original)).count
    #expect(result.graphs[0][wide].dimensions?.last == Int32(distinct), "\(log)")
    #expect(try answers(model, seed: 1, count: 20) == answers(result, seed: 1, count: 20))
  }

  /// Three weights of 100 add up to 300, which three weights of 127 carry.
  @Test func asManyStayAsTheSumNeeds() throws {
    var graphs = IntegerGraphs(seed: 4)
    graphs.zeroPercent = 0
    let wide = graphs.convolution(graphs.input([1, 4, 4, 2]), outputs: 4)
    let output = graphs.convolution(wide, outputs: 2)
    var model = graphs.model(outputs: [output])
    func set(_ node: Int, _ operand: Int, _ bytes: [UInt8]) {
      guard let id = model.graphs[0].nodes[node].inputs[operand] else { return }
      model.graphs[0][id].data = TensorData(bytes)
      if let scales = model.graphs[0][id].quantization?.scales {
        model.graphs[0][id].quantization?.scales = scales.map { _ in 0.002 }
      }
    }
    set(0, 1, [5, 7, 5, 7, 5, 7, 5, 7])
    set(0, 2, [Int32](repeating: 9, count: 4).littleEndianBytes)
    for (weights, kept) in [
      ([100, 100, 100, 0], 3), ([100, 100, 54, 0], 2), ([100, 100, 55, 0], 3), ([100, 27, 0, 0], 1),
      ([100, -100, 3, 4], 1), ([100, 100, 100, 100], 4),
    ] as [([Int8], Int32)] {
      set(1, 1, (weights + weights.reversed().map { -$0 }).map { UInt8(bitPattern: $0) })
      let (result, log) = try squeeze(model)
      #expect(result.graphs[0][wide].dimensions?.last == kept, "\(weights) \(log)")
      #expect(try answers(model, seed: 3) == answers(result, seed: 3), "\(weights)")
    }
  }

  /// Weights for equal channels that cancel out leave channels that nobody reads.
  @Test func whatCancelsOutIsReadByNobody() throws {
    var graphs = IntegerGraphs(seed: 4)
    graphs.zeroPercent = 0
    let wide = graphs.convolution(graphs.input([1, 4, 4, 2]), outputs: 3)
    let output = graphs.convolution(wide, outputs: 1)
    var model = TwinnedLayers.twinned(graphs.model(outputs: [output]), dividing: 1)
    let filter = try #require(model.graphs[0].nodes[1].inputs[1])
    model.graphs[0][filter].data = TensorData([20, 90, UInt8(bitPattern: -90)])
    let (result, _) = try squeeze(model)
    #expect(result.graphs[0][wide].dimensions?.last == 1)
    #expect(try answers(model, seed: 3) == answers(result, seed: 3))
  }

  @Test func equalChannelsStayEqualThroughOtherOperators() throws {
    let places: [(inout IntegerGraphs, ValueID) -> ValueID] = [
      { $0.flatten($0.unary(.relu, $1)) }, { $0.flatten($0.pool(.maxPool2D, $0.pad($1), isSame: true)) },
      { $0.mean($0.depthwise($1, taps: 3, isSame: true)) },
      { $0.flatten($0.binary(.add, $0.convolution($1, outputs: 8), $1)) },
    ]
    for next in places {
      let (model, wide) = pair(dividing: 8) { $0.dense(next(&$0, $1), outputs: 3) }
      let (result, log) = try squeeze(model)
      #expect(result.graphs[0][wide].dimensions?.last == 6, "\(log)")
      #expect(try answers(model, seed: 2) == answers(result, seed: 2))
    }
  }

  /// One weight, the bias or the scale tells channels apart.
  @Test func whatDiffersAtOnePlaceStays() throws {
    for place in 0..<3 {
      var (model, wide) = pair(dividing: 8) { $0.convolution($1, outputs: 4) }
      let node = model.graphs[0].nodes[0]
      let (filter, bias) = (try #require(node.inputs[1]), try #require(node.inputs[2]))
      for channel in 0..<8 where TwinnedLayers.original(channel) != channel {
        switch place {
        case 0:
          var bytes = Array(model.graphs[0][filter].data.bytes)
          bytes[channel * 27 + 26] = UInt8(100 + channel)
          model.graphs[0][filter].data = TensorData(bytes)
        case 1:
          var numbers = model.graphs[0][bias].data.elements(Int32.self)
          numbers[channel] += 1 + Int32(channel)
          model.graphs[0][bias].data = TensorData(numbers.littleEndianBytes)
        default:
          model.graphs[0][filter].quantization?.scales = (0..<8).map { 0.002 + Float($0) * 0.0001 }
          model.graphs[0][filter].quantization?.zeroPoints = [Int64](repeating: 0, count: 8)
        }
      }
      #expect(try squeeze(model).model.graphs[0][wide].dimensions?.last == 8, "place \(place)")
    }
  }

  @Test func aReductionOverChannelsTellsNothing() throws {
    var graphs = IntegerGraphs(seed: 4)
    graphs.zeroPercent = 0
    let wide = graphs.convolution(graphs.input([1, 6, 6, 3]), outputs: 6)
    let sums = graphs.value([1, 6, 6])
    graphs.builder.node(.mean, [wide, graphs.integers([3])], [sums])
    let output = graphs.dense(sums, outputs: 2)
    let model = TwinnedLayers.twinned(graphs.model(outputs: [output]), dividing: 8)
    let (result, _) = try squeeze(model)
    #expect(macs(result) == macs(model))
  }

  @Test func channelsOfAnOutputStay() throws {
    var graphs = IntegerGraphs(seed: 4)
    graphs.zeroPercent = 0
    let output = graphs.convolution(graphs.input([1, 6, 6, 3]), outputs: 6)
    let model = TwinnedLayers.twinned(graphs.model(outputs: [output]), dividing: 8)
    #expect(try macs(squeeze(model).model) == macs(model))
  }

  @Test func floatsAreAddedUpToo() throws {
    var graphs = FloatGraphs(seed: 2)
    let x = graphs.builder.input("x", [1, 6, 6, 2], .float32)
    let wide = graphs.convolution(x, outputs: 8, taps: 3, activation: 1)
    let deep = graphs.depthwise(wide)
    let output = graphs.convolution(deep, outputs: 3)
    let model = TwinnedLayers.twinned(graphs.model(outputs: [output]), dividing: 1)
    let (result, log) = try squeeze(model)
    #expect(result.graphs[0][wide].dimensions?.last == 6)
    #expect(log.edits.contains { $0.sentence.hasSuffix("answers differ by the rounding of sums") })
    let (left, right) = (try answers(model, seed: 2), try answers(result, seed: 2))
    for (one, other) in zip(left.joined(), right.joined()) {
      for (a, b) in zip(TensorData(one).elements(Float.self), TensorData(other).elements(Float.self)) {
        #expect(abs(a - b) <= 1e-4 * max(1, abs(a)))
      }
    }
  }
}
