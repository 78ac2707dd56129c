import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// Operators, types and dimensions that runs go through: the answers stay the same, byte by byte.
@Suite struct StripeFormsTests {
  @Test(arguments: [ElementType.int8, .int16, .float32], [false, true])
  func chainsOfAllTypes(_ type: ElementType, _ avoidsUpdates: Bool) {
    var net = StripeNet(height: 12, width: 7, channels: 3, type, seed: 1)
    net.convolution(4, taps: 3, stride: 2)
    net.convolution(4, taps: 3, isDepthwise: true)
    net.convolution(6, taps: 1)
    net.convolution(5, taps: 3)
    StripeTrials.expectSameAnswers(net.model, atLeast: 12, avoidsUpdates: avoidsUpdates)
  }

  @Test(arguments: [ElementType.int8, .int16, .float32], [BuiltinOperator.add, .mul, .sub])
  func shortcuts(_ type: ElementType, _ builtin: BuiltinOperator) {
    var net = StripeNet(height: 8, width: 6, channels: 4, type, seed: 2)
    net.convolution(4, taps: 3)
    let shortcut = net.last.value
    net.convolution(4, taps: 3)
    net.add(shortcut, builtin)
    net.convolution(8, taps: 3, stride: 2)
    for avoidsUpdates in [false, true] {
      StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 40, avoidsUpdates: avoidsUpdates)
    }
  }

  @Test(arguments: [BuiltinOperator.relu, .relu6, .hardSwish]) func activations(_ builtin: BuiltinOperator) {
    for type in [ElementType.int8, .float32] {
      var net = StripeNet(height: 8, width: 6, channels: 4, type, seed: 3)
      net.convolution(4, taps: 3)
      net.activation(builtin)
      net.convolution(4, taps: 3)
      StripeTrials.expectSameAnswers(net.model, atLeast: 10, atMost: 40)
    }
  }

  @Test(arguments: [ElementType.int8, .int16, .float32], [false, true])
  func branchesThatAreJoined(_ type: ElementType, _ avoidsUpdates: Bool) {
    var net = StripeNet(height: 10, width: 6, channels: 3, type, seed: 4)
    net.convolution(4, taps: 3)
    let (first, channels) = (net.last.value, net.last.channels)
    net.convolution(5, taps: 3)
    net.concatenation([(first, channels)])
    net.convolution(4, taps: 3, stride: 2)
    StripeTrials.expectSameAnswers(net.model, atLeast: 8, atMost: 40, avoidsUpdates: avoidsUpdates)
  }

  @Test(arguments: [ElementType.int8, .int16, .float32], [(3, 1), (3, 2), (2, 2)])
  func largestWithPadding(_ type: ElementType, _ pool: (taps: Int, stride: Int)) {
    var net = StripeNet(height: 9, width: 7, channels: 3, type, seed: 5)
    net.convolution(4, taps: 3)
    net.pool(pool.taps, stride: pool.stride, isAverage: false, isSame: true)
    net.convolution(4, taps: 3)
    for avoidsUpdates in [false, true] {
      StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 40, avoidsUpdates: avoidsUpdates)
    }
  }

  /// A mean counts fewer numbers where padding is: beside the rows that is the same in a stripe, above and below not.
  @Test func meansWithPadding() {
    var wide = StripeNet(height: 8, width: 7, channels: 3, seed: 6)
    wide.convolution(4, taps: 3)
    wide.pool(2, stride: 2, isAverage: true, isSame: true)
    let beside = StripeTrials.candidates(wide.model)
    #expect(beside.contains { $0.nodes == 0..<2 })
    StripeTrials.expectSameAnswers(wide.model, atLeast: 6)
    var high = StripeNet(height: 7, width: 8, channels: 3, seed: 6)
    high.convolution(4, taps: 3)
    high.pool(2, stride: 2, isAverage: true, isSame: true)
    #expect(!StripeTrials.candidates(high.model).contains { $0.nodes.contains(1) })
    #expect(StripedLayers(high.model.graphs[0]).refusal(of: 1)?.reason.contains("counts fewer") == true)
  }

  @Test(arguments: [UInt8(0), 0x80, 0xf9]) func paddingOfOtherNumbers(_ number: UInt8) {
    for isPool in [false, true] {
      var net = StripeNet(height: 9, width: 6, channels: 3, seed: 7)
      net.convolution(4, taps: 3)
      net.pad(number)
      if isPool {
        net.pool(3, stride: 2, isAverage: true)
      } else {
        net.convolution(4, taps: 3, isSame: false)
      }
      net.convolution(4, taps: 3)
      let all = StripeTrials.candidates(net.model)
      #expect(all.contains { $0.nodes == 0..<4 })
      StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 40)
    }
  }

  /// A map that a convolution pads with zeros and a pool with the lowest number is not made in one way.
  @Test func twoKindsOfPaddingEndARun() {
    var net = StripeNet(height: 8, width: 6, channels: 4, seed: 8)
    net.convolution(4, taps: 3)
    let first = net.last.value
    net.pool(3, stride: 1, isAverage: false, isSame: true)
    let pooled = (net.last.value, net.last.channels)
    net.select(first)
    net.convolution(4, taps: 3)
    net.concatenation([pooled])
    #expect(!StripeTrials.candidates(net.model).contains { $0.nodes == 0..<4 })
    StripeTrials.expectSameAnswers(net.model, atLeast: 2)
  }

  @Test(arguments: [ElementType.int8, .int16, .float32], [(2, 2, false), (2, 3, true), (3, 1, false)])
  func rowsThatAreRepeated(_ type: ElementType, _ factor: (rows: Int, columns: Int, isHalfPixel: Bool)) {
    var net = StripeNet(height: 12, width: 8, channels: 3, type, seed: 9)
    net.convolution(4, taps: 3, stride: 2)
    net.convolution(4, taps: 3)
    net.repeated(factor.rows, factor.columns, isHalfPixel: factor.isHalfPixel)
    net.convolution(4, taps: 3)
    let all = StripeTrials.candidates(net.model)
    #expect(all.contains { $0.nodes == 0..<4 && $0.plan.rowsPerTurn >= factor.rows })
    for avoidsUpdates in [false, true] {
      StripeTrials.expectSameAnswers(net.model, atLeast: 4, atMost: 40, avoidsUpdates: avoidsUpdates)
    }
  }

  /// An encoder and a decoder with a shortcut between them.
  @Test(arguments: [ElementType.int8, .float32]) func downAndUp(_ type: ElementType) {
    var net = StripeNet(height: 16, width: 8, channels: 3, type, seed: 10)
    net.convolution(4, taps: 3)
    let shortcut = (net.last.value, net.last.channels)
    net.convolution(6, taps: 3, stride: 2)
    net.convolution(6, taps: 3, stride: 2)
    net.convolution(6, taps: 3)
    net.repeated(2, 2)
    net.convolution(5, taps: 3)
    net.repeated(2, 2)
    net.concatenation([shortcut])
    net.convolution(2, taps: 3)
    #expect(StripeTrials.candidates(net.model).contains { $0.nodes == 0..<9 })
    StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 30)
  }

  /// Series as images of height 1 or of width 1.
  @Test(arguments: [ElementType.int8, .int16, .float32], [true, false])
  func series(_ type: ElementType, _ isFlat: Bool) {
    var net = StripeNet(height: isFlat ? 1 : 40, width: isFlat ? 40 : 1, channels: 3, type, seed: 11)
    net.convolution(6, taps: 5, stride: 2)
    net.convolution(6, taps: 3, dilation: 2)
    net.convolution(4, taps: 3, stride: 2)
    let all = StripeTrials.candidates(net.model)
    #expect(all.contains { $0.nodes == 0..<3 })
    for avoidsUpdates in [false, true] {
      StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 40, avoidsUpdates: avoidsUpdates)
    }
  }

  /// Series without an axis of images, between which and images RESHAPE stands.
  @Test(arguments: [[1, 32, 4], [1, 32, 1, 4]]) func seriesInOtherDimensions(_ dimensions: [Int]) {
    var net = StripeNet(height: 1, width: 32, channels: 3, seed: 12)
    net.convolution(4, taps: 5)
    net.reshape(dimensions)
    if dimensions.count == 4 { net.convolution(4, taps: 3) }
    net.reshape([1, 1, 32, 4])
    net.convolution(4, taps: 3, stride: 2)
    let count = net.model.graphs[0].nodes.count
    #expect(StripeTrials.candidates(net.model).contains { $0.nodes == 0..<count })
    StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 40)
  }

  @Test(arguments: [ElementType.int8, .float32], [false, true])
  func columnsOfWideImages(_ type: ElementType, _ avoidsUpdates: Bool) {
    var net = StripeNet(height: 5, width: 16, channels: 3, type, seed: 13)
    net.convolution(4, taps: 3, stride: 2)
    net.convolution(4, taps: 3, isDepthwise: true)
    net.convolution(6, taps: 3)
    StripeTrials.expectSameAnswers(
      net.model, atLeast: 6, atMost: 40, .columns, avoidsUpdates: avoidsUpdates)
  }

  @Test(arguments: [ElementType.int8, .float32]) func channelsThatComeFirst(_ type: ElementType) {
    var net = StripeNet(height: 3, width: 12, channels: 8, type, seed: 14)
    net.transpose([0, 2, 3, 1])
    net.convolution(4, taps: 3, stride: 2)
    net.convolution(4, taps: 3)
    let inside = (net.last.value, net.last.channels)
    net.transpose([0, 3, 1, 2])
    net.activation(.relu)
    net.transpose([0, 2, 3, 1])
    net.concatenation([inside])
    #expect(StripeTrials.candidates(net.model).contains { $0.nodes == 0..<3 })
    #expect(StripeTrials.candidates(net.model).contains { $0.nodes == 0..<7 })
    for avoidsUpdates in [false, true] {
      StripeTrials.expectSameAnswers(net.model, atLeast: 6, atMost: 40, avoidsUpdates: avoidsUpdates)
    }
  }

  @Test(arguments: 0..<12) func netsByChance(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed + 100))
    let type = [ElementType.int8, .int8, .int16, .float32][seed % 4]
    let net = StripeNet.random(type, &random)
    for avoidsUpdates in [false, true] {
      StripeTrials.expectSameAnswers(net.model, atLeast: 0, atMost: 25, avoidsUpdates: avoidsUpdates)
      StripeTrials.expectSameAnswers(
        net.model, atLeast: 0, atMost: 8, .columns, avoidsUpdates: avoidsUpdates)
    }
  }
}

/// A border row that is spoilt, or rows that moved, are seen in every form.
@Suite struct StripeControlTests {
  @Test(arguments: [false, true]) func aSpoiltTableIsSeen(_ avoidsUpdates: Bool) throws {
    for kind in ["conv", "pool", "up"] {
      var net = StripeNet(height: 8, width: 6, channels: 4, seed: 6)
      net.convolution(4, taps: 3)
      if kind == "pool" { net.pool(3, stride: 1, isAverage: false, isSame: true) }
      if kind == "up" { net.repeated(2, 2) }
      net.convolution(4, taps: 3)
      let model = net.model
      let count = model.graphs[0].nodes.count
      let candidate = try #require(
        StripeTrials.candidates(model, avoidsUpdates: avoidsUpdates).first { $0.nodes == 0..<count })
      let right = StripeTrials.striped(candidate, model)
      let body = try #require(right.graphs.indices.last)
      let tables = right.graphs[body].values.indices.filter { index in
        let name = right.graphs[body].values[index].name ?? ""
        return name == "s/table"
          || name.hasPrefix("s/mask/") && !name.contains("rows")
      }
      var seen = 0
      for table in tables {
        let bytes = Array(right.graphs[body].values[table].data.bytes)
        // The next turn's counter would make it go on forever.
        let width = StripeTrials.rowWidth(of: right.graphs[body].values[table].data.elements(Int32.self))
        for place in bytes.indices where width.map({ place / 4 % $0 + 1 < $0 }) ?? true {
          var changed = bytes
          changed[place] = changed[place] == 0 ? 1 : 0
          var spoilt = right
          var edit = GraphEdit(of: right.graphs[body])
          edit[ValueID(table)].data = TensorData(changed)
          spoilt.apply(edit, to: GraphID(body))
          if StripeCheck.run(model, spoilt) != .same(samples: 2) { seen += 1 }
          if seen >= 8 { break }
        }
      }
      #expect(seen >= 8, "\(kind)")
    }
  }
}
