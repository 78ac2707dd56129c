import Datasets
import Execution
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct ConstantChannelsTests {
  private func squeeze(_ model: Model) throws -> (model: Model, log: PassLog) {
    var result = model
    var log = PassLog()
    try ConstantChannels().run(on: &result, log: &log)
    return (result, log)
  }

  private func expectSameAnswers(_ left: Model, _ right: Model, seed: UInt64, count: Int = 6) throws {
    let samples = try SampleSet.random(for: left, count: count, seed: seed)
    let (first, second) = (Session(try Interpreter(left)), Session(try Interpreter(right)))
    for index in 0..<samples.count {
      let sample = try samples.sample(index)
      #expect(try first.run(sample) == second.run(sample), "seed \(seed), sample \(index)")
    }
  }

  /// What is kept for each channel is bounded by the file's size, whatever its shapes declare.
  @Test func channelsThatAFileOnlyDeclaresAreNotFollowed() throws {
    for type in [ElementType.float32, .int8] {
      for dimensions in [[0, 1_560_281_088], [2, 201_326_594]] as [[Int32]] {
        var builder = GraphBuilder()
        let input = builder.input("x", [1, 4], type)
        let huge = builder.value("huge", dimensions, type)
        let output = builder.value("y", [1, 4], type)
        builder.node(.custom, [input], [huge])
        builder.node(.custom, [huge, input], [output])
        builder.outputs([output])
        #expect(try squeeze(Model(graphs: [builder.graph])).log == PassLog())
      }
    }
  }

  private func macs(_ model: Model) -> Int { ChannelPruning.multiplyAccumulates(of: model) }

  /// A net of random operators on maps of 6 × 6, with constants at every kind of place.
  static func network(seed: UInt64, _ type: ElementType) -> Model {
    var graphs = IntegerGraphs(seed: seed, type: type)
    graphs.zeroPercent = 30 + graphs.random.next(below: 40)
    graphs.zeroBiases = graphs.random.next(below: 2) == 0
    var maps = [graphs.input([1, 6, 6, 3])]
    for _ in 0..<(3 + graphs.random.next(below: 6)) {
      maps.append(layer(on: maps[maps.count - 1 - graphs.random.next(below: min(2, maps.count))], &graphs))
    }
    let last = maps[maps.count - 1]
    let row =
      graphs.random.next(below: 2) == 0 && type != .uint8 ? graphs.mean(last) : graphs.flatten(last)
    let output = graphs.dense(row, outputs: 4)
    return graphs.model(outputs: [output])
  }

  private static func layer(on map: ValueID, _ graphs: inout IntegerGraphs) -> ValueID {
    let isSame = graphs.dimensions(map)[1] < 4 || graphs.random.next(below: 2) == 0
    let channels = graphs.dimensions(map)[3]
    let relu = graphs.random.next(below: 2) == 0
    switch graphs.random.next(below: 12) {
    case 0: return graphs.depthwise(map, taps: 3, isSame: isSame)
    case 1: return graphs.depthwise(map, taps: 2, isSame: isSame, multiplier: 2)
    case 2: return graphs.unary(.relu, map)
    case 3 where graphs.type == .int8: return graphs.unary(.hardSwish, map, keepsScale: false)
    case 4: return graphs.pool(.maxPool2D, map, isSame: true)
    case 5: return graphs.pool(.averagePool2D, map, isSame: true)
    case 6: return graphs.pad(map)
    case 7:
      let left = graphs.convolution(map, outputs: 5, taps: 3, isSame: true, relu: relu)
      let right = graphs.convolution(map, outputs: 5, taps: 1, relu: relu)
      return graphs.binary([.add, .mul, .sub][graphs.random.next(below: 3)], left, right)
    case 8:
      let left = graphs.convolution(map, outputs: 3, taps: 1, relu: relu)
      return graphs.concatenation(left, graphs.convolution(map, outputs: 4, taps: 1))
    case 9:
      let inner = graphs.convolution(map, outputs: channels, taps: 3, isSame: true, relu: relu)
      return graphs.binary(.add, inner, map)
    default:
      return graphs.convolution(
        map, outputs: Int32(3 + graphs.random.next(below: 8)), taps: isSame ? 3 : 2, isSame: isSame,
        relu: relu)
    }
  }

  @Test(arguments: [ElementType.int8, .uint8, .int16])
  func noAnswerOfGeneratedNetsChanges(type: ElementType) throws {
    var (smaller, total) = (0, 0)
    for seed in 0..<60 {
      let model = Self.network(seed: UInt64(seed), type)
      guard (try? Interpreter(model)) != nil else { continue }
      let (result, log) = try squeeze(model)
      try GraphVerifier().verify(result)
      try expectSameAnswers(model, result, seed: UInt64(seed))
      let read = try ModelFile.parse(ModelFile.serialize(result), name: "squeezed")
      try expectSameAnswers(model, read, seed: UInt64(seed), count: 1)
      total += 1
      #expect(macs(result) <= macs(model))
      if macs(result) < macs(model) {
        smaller += 1
        #expect(log.edits.contains { $0.sentence.contains("channels removed") })
      }
      let again = try squeeze(result)
      #expect(macs(again.model) == macs(result), "seed \(seed): a second run finds more")
    }
    #expect(total >= 50)
    #expect(smaller * 2 > total, "\(smaller) of \(total)")
  }

  /// As in TFLM's person_detect, whose biases name axis 3.
  @Test func biasesOfOneDimensionMayNameAnyAxis() throws {
    for seed in 0..<12 {
      var model = Self.network(seed: UInt64(seed), .int8)
      var edit = GraphEdit(of: model.graphs[0])
      for (index, value) in model.graphs[0].values.enumerated()
      where value.elementType == .int32 && value.dimensions?.count == 1 && value.isConstant {
        guard let count = value.shape?.elementCount, let scale = value.quantization?.scales?.first else {
          continue
        }
        edit[ValueID(index)].quantization = Quantization(
          scales: [Float](repeating: scale, count: count), zeroPoints: [Int64](repeating: 0, count: count),
          axis: 3)
      }
      model.apply(edit, to: GraphID(0))
      let (result, _) = try squeeze(model)
      try GraphVerifier().verify(result)
      try expectSameAnswers(model, result, seed: UInt64(seed), count: 2)
    }
  }

  @Test(.enabled(if: RealModels.isAvailable, "needs NNOPT_MODELS"), arguments: RealModels.all)
  func publicModelsAreTaken(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    guard model.graphs.allSatisfy({ $0.nodes.count < 200 }) else { return }
    try GraphVerifier().verify(squeeze(model).model)
  }

  @Test func constantsAtTheZeroPointGoThroughABorder() throws {
    var graphs = IntegerGraphs(seed: 3)
    graphs.zeroBiases = true
    let x = graphs.input([1, 6, 6, 3])
    graphs.zeroPercent = 50
    let wide = graphs.convolution(x, outputs: 24)
    let dead = try #require(
      graphs.builder.graph.nodes.first?.inputs[1].map { id in
        let bytes = Array(graphs.builder.graph[id].data.bytes)
        return (0..<24).count { row in bytes[(row * 3)..<(row * 3 + 3)].allSatisfy { $0 == 0 } }
      })
    graphs.zeroPercent = 0
    let deep = graphs.depthwise(wide, taps: 3, isSame: true)
    let output = graphs.dense(graphs.flatten(graphs.convolution(deep, outputs: 4)), outputs: 3)
    let model = graphs.model(outputs: [output])
    let (result, log) = try squeeze(model)
    // The depthwise layer's own biases move its results off the zero point; the next layer takes them as a bias.
    #expect(result.graphs[0][wide].dimensions?.last == Int32(24 - dead), "\(log)")
    try expectSameAnswers(model, result, seed: 9, count: 20)
  }

  @Test func aBorderKeepsOtherConstants() throws {
    var graphs = IntegerGraphs(seed: 5)
    let x = graphs.input([1, 6, 6, 3])
    let wide = graphs.convolution(x, outputs: 12)
    graphs.zeroPercent = 0
    let output = graphs.convolution(wide, outputs: 4, taps: 3, isSame: true)
    let model = graphs.model(outputs: [output])
    let (result, log) = try squeeze(model)
    #expect(macs(result) == macs(model))
    #expect(
      log.refusals.contains { $0.sentence.contains("reads zeros beside them at the borders") }, "\(log)")
  }

  @Test func anOutputKeepsItsConstants() throws {
    var graphs = IntegerGraphs(seed: 5)
    let x = graphs.input([1, 6, 6, 3])
    graphs.zeroPercent = 60
    let output = graphs.convolution(x, outputs: 12)
    let model = graphs.model(outputs: [output])
    let (result, log) = try squeeze(model)
    #expect(macs(result) == macs(model))
    #expect(log.refusals.contains { $0.sentence.contains("it is an output of the model") }, "\(log)")
  }

  /// A layer that nnopt cannot run may read every channel.
  @Test func whatAnUnknownLayerReadsStays() throws {
    var graphs = IntegerGraphs(seed: 7)
    let x = graphs.input([1, 4, 4, 3])
    let wide = graphs.convolution(x, outputs: 12)
    graphs.zeroPercent = 0
    let weights = graphs.filter([4, 1, 1, 12], axis: 0, isPerChannel: false)
    let strange = graphs.value([1, 4, 4, 4])
    graphs.builder.node(
      .conv2D, [wide, weights.id], [strange],
      options: GraphBuilder.windowOptions(isSame: false, activation: 0))
    let output = graphs.convolution(graphs.convolution(x, outputs: 12), outputs: 2)
    var model = graphs.model(outputs: [strange, output])
    model.graphs[0][weights.id].quantization = nil
    let (result, _) = try squeeze(model)
    #expect(result.graphs[0][wide].dimensions?.last == 12)
  }

  @Test func anInt16LayerWithoutBiasStays() throws {
    var graphs = IntegerGraphs(seed: 6, type: .int16)
    let x = graphs.input([1, 4, 4, 3])
    let wide = graphs.convolution(x, outputs: 12)
    graphs.zeroPercent = 0
    let output = graphs.convolution(wide, outputs: 4, hasBias: false)
    let (result, log) = try squeeze(graphs.model(outputs: [output]))
    // Two that hold the same become one.
    #expect((result.graphs[0][wide].dimensions?.last ?? 0) >= 11)
    #expect(result.graphs[0].nodes.last?.inputs.count == 2)
    #expect(log.refusals.contains { $0.sentence.contains("has no bias") }, "\(log)")
  }

  @Test func anInt8LayerWithoutBiasGetsOne() throws {
    var graphs = IntegerGraphs(seed: 6)
    let x = graphs.input([1, 4, 4, 3])
    let wide = graphs.convolution(x, outputs: 12)
    graphs.zeroPercent = 0
    let output = graphs.convolution(wide, outputs: 4, hasBias: false)
    let model = graphs.model(outputs: [output])
    let (result, _) = try squeeze(model)
    #expect(macs(result) < macs(model))
    #expect(result.graphs[0].nodes.last?.inputs.count == 3)
    try expectSameAnswers(model, result, seed: 2)
  }

  @Test func aSquareIsNoProductOfTwoRanges() throws {
    var graphs = IntegerGraphs(seed: 8)
    graphs.zeroPercent = 0
    let x = graphs.input([1, 4, 4, 3])
    let square = graphs.binary(.mul, x, x)
    let output = graphs.convolution(square, outputs: 4)
    let model = graphs.model(outputs: [output])
    let (result, _) = try squeeze(model)
    #expect(macs(result) == macs(model))
  }

  @Test func layersThatShareWeightsLoseTheirOwnChannels() throws {
    var graphs = IntegerGraphs(seed: 12)
    let x = graphs.input([1, 5, 5, 4])
    graphs.zeroPercent = 50
    let left = graphs.convolution(x, outputs: 8)
    let right = graphs.convolution(x, outputs: 8)
    graphs.zeroPercent = 0
    let shared = graphs.filter([6, 1, 1, 8], axis: 0, isPerChannel: true)
    let ends = [left, right].map { map in
      graphs.convolution(map, shared, nil, outputs: 6, taps: 1, isSame: false, false)
    }
    let model = graphs.model(outputs: ends)
    let (result, _) = try squeeze(model)
    #expect(macs(result) < macs(model))
    try expectSameAnswers(model, result, seed: 4)
  }

  @Test func aLayerOfConstantsKeepsOneChannel() throws {
    var graphs = IntegerGraphs(seed: 13)
    graphs.zeroPercent = 100
    let x = graphs.input([1, 5, 5, 4])
    let wide = graphs.convolution(x, outputs: 8)
    graphs.zeroPercent = 0
    let output = graphs.convolution(wide, outputs: 6)
    let model = graphs.model(outputs: [output])
    let (result, _) = try squeeze(model)
    #expect(result.graphs[0][wide].dimensions?.last == 1)
    try expectSameAnswers(model, result, seed: 4)
  }

  @Test func floatChannelsBelowTheirClampGo() throws {
    var graphs = FloatGraphs(seed: 2)
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let positive = graphs.convolution(x, outputs: 3, activation: 1)
    let weights: [Float] = [-1, -2, -0.5, 1, 2, 3, -0.1, 0, 0, 1, -1, 1]
    let wide = graphs.convolution(positive, outputs: 4, activation: 1, weights: weights)
    let output = graphs.convolution(wide, outputs: 3)
    let model = graphs.model(outputs: [output])
    var edited = model
    // Biases that do not lift the two negative rows above zero.
    let bias = try #require(model.graphs[0].nodes[1].inputs[2])
    edited.graphs[0][bias].data = TensorData(floats: [-0.5, 0.25, -0.25, 0.5])
    let (result, _) = try squeeze(edited)
    #expect(result.graphs[0][wide].dimensions?.last == 2)
    try expectSameAnswers(edited, result, seed: 3)
  }

  @Test(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS is not set"))
  func theVisualWakeWordsNetLosesItsDeadChannels() throws {
    let entry = try #require(RealModels.all.first { $0.description == "vww_96_int8.tflite" })
    let model = try ModelFile.read(path: entry.path)
    let (result, _) = try squeeze(model)
    #expect(macs(result) <= 4_150_000)
    try expectSameAnswers(model, result, seed: 1, count: 5)
  }
}
