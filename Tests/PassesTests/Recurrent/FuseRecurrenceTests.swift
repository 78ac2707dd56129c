import Execution
import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

@testable import Passes

/// LSTMs as converters write them from Keras become one operator, with the same answers.
@Suite struct FuseRecurrenceTests {
  /// Cleans a model up, as every recipe begins.
  private func cleaned(_ model: Model) throws -> Model {
    var cleaned = model
    var log = PassLog()
    try CleanUp(mergesConstants: false).run(on: &cleaned, log: &log)
    return cleaned
  }

  private func fused(_ model: Model) throws -> (model: Model, log: PassLog) {
    var result = try cleaned(model)
    var log = PassLog()
    try FuseRecurrence().run(on: &result, log: &log)
    return (result, log)
  }

  private static func nets(_ form: RecurrentNet.Form) -> [RecurrentNet] {
    [false, true].flatMap { returnsSequences in
      [false, true].flatMap { isBidirectional in
        [(Int32(1), false), (1, true), (3, false)].map { batch, addsBias in
          var net = RecurrentNet(.lstm, form)
          (net.returnsSequences, net.isBidirectional) = (returnsSequences, isBidirectional)
          (net.batch, net.addsBias, net.seed) = (batch, addsBias, UInt64(batch))
          net.hasHead = batch == 1
          return net
        }
      }
    }
  }

  @Test(arguments: RecurrentNet.Form.allCases.filter { $0 != .fused })
  func everyFormBecomesOneOperator(form: RecurrentNet.Form) throws {
    for net in Self.nets(form) {
      let model = net.model()
      let (result, log) = try fused(model)
      let codes = result.graphs.flatMap(\.nodes).map(\.code.builtin)
      #expect(result.graphs.count == 1)
      #expect(codes.count { $0 == .unidirectionalSequenceLSTM } == (net.isBidirectional ? 2 : 1), "\(codes)")
      #expect(!codes.contains { [.while, .logistic, .tanh, .mul].contains($0) }, "\(codes)")
      #expect(log.refusals.count == log.edits.count { $0.rule.hasPrefix("fuse") })
      #expect(log.refusals.allSatisfy { $0.sentence.contains("reset the interpreter's variables") })
      let difference = try difference(model, result)
      #expect(difference < 2e-6, "\(difference)")
      try keep(
        model, result, "\(form)-\(net.returnsSequences)-\(net.isBidirectional)-\(net.batch)-\(net.addsBias)")
    }
  }

  private func difference(_ before: Model, _ after: Model) throws -> Float {
    // One sample: the operator goes on where the loop starts anew.
    try ModelPair(before: before, after: after).difference(samples: 1).relative
  }

  private func keep(_ before: Model, _ after: Model, _ name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["NNOPT_REWRITTEN"] else { return }
    try ModelFile.write(before, to: "\(folder)/lstm-\(name)-before.tflite")
    try ModelFile.write(after, to: "\(folder)/lstm-\(name)-after.tflite")
  }

  /// Sizes of any kind, layers one behind another.
  @Test(arguments: 0..<24) func anySizeIsFused(seed: UInt64) throws {
    var random = NetBuilder(seed: seed)
    let forms = RecurrentNet.Form.allCases.filter { $0 != .fused }
    var net = RecurrentNet(.lstm, forms[Int(seed) % forms.count])
    net.batch = Int32.random(in: 1...3, using: &random.random)
    net.steps = Int32.random(in: 2...9, using: &random.random)
    net.features = Int32.random(in: 1...9, using: &random.random)
    net.units = Int32.random(in: 1...9, using: &random.random)
    net.layers = Int.random(in: 1...3, using: &random.random)
    (net.returnsSequences, net.isBidirectional) = (seed % 3 == 0, seed % 4 == 1)
    (net.addsBias, net.hasHead, net.seed) = (seed % 2 == 0, seed % 5 < 3, seed)
    let model = net.model()
    let (result, _) = try fused(model)
    let codes = result.graphs.flatMap(\.nodes).map(\.code.builtin)
    let count = net.layers * (net.isBidirectional ? 2 : 1)
    #expect(codes.count { $0 == .unidirectionalSequenceLSTM } == count, "\(net)")
    #expect(!codes.contains { [.while, .unpack, .logistic].contains($0) }, "\(net) \(codes)")
    let difference = try difference(model, result)
    #expect(difference < 5e-6, "\(net) \(difference)")
    try keep(model, result, "random\(seed)")
  }

  @Test func gatedUnitsStay() throws {
    for form in [RecurrentNet.Form.updatingLoop, .unrolled] {
      let (result, log) = try fused(RecurrentNet(.gru, form).model())
      #expect(log.edits.isEmpty)
      #expect(!result.graphs[0].nodes.contains { $0.code.builtin == .unidirectionalSequenceLSTM })
      if form == .updatingLoop {
        #expect(log.refusals.map(\.sentence) == ["it stays a loop: its body is no step of an LSTM"])
      }
    }
  }

  /// What a change of a loop's graphs makes of it.
  private func refusals(_ change: (inout ModelEdit) -> Void) throws -> [String] {
    var model = RecurrentNet(.lstm, .updatingLoop).model()
    var edit = ModelEdit(of: model)
    change(&edit)
    model.apply(edit)
    var log = PassLog()
    try FuseRecurrence().run(on: &model, log: &log)
    #expect(log.edits.isEmpty)
    return log.refusals.map(\.sentence)
  }

  @Test func loopsThatAreOtherwiseStay() throws {
    let net = RecurrentNet(.lstm, .updatingLoop).model()
    let loop = try #require(net.graphs[0].nodes.firstIndex { $0.code.builtin == .while })
    let results = net.graphs[0].nodes[loop].outputs
    let cell = try refusals { $0.graphs[0].outputs.append(results[4]) }
    #expect(cell.count == 1 && cell[0].hasSuffix("the state of its cell, is read"), "\(cell)")
    let state = net.graphs[0].nodes[loop].inputs[3]
    let started = try refusals { edit in
      guard let state else { return }
      edit.graphs[0][state] = edit.graphs[0][state].with([0, 0, 1, 0])
    }
    #expect(started == ["its state does not start at zero"])
    let shorter = try refusals { edit in
      let limit = edit.graphs[1].graph.nodes[0].inputs[1]
      if let limit { edit.graphs[1][limit].data = Value.integers(nil, [3]).data }
    }
    #expect(shorter == ["it does not go through a whole sequence"])
    let body = try refusals { edit in
      let index = edit.graphs[2].graph.nodes.firstIndex { $0.code.builtin == .tanh } ?? 0
      edit.graphs[2][NodeID(index)].code = OperatorCode(.relu)
    }
    #expect(body == ["it stays a loop: its body is no step of an LSTM"])
  }

  @Test func stepsOfOtherWeightsStay() throws {
    var model = RecurrentNet(.lstm, .unrolled).model()
    let layers = model.graphs[0].nodes.filter { $0.code.builtin == .fullyConnected }
    var edit = GraphEdit(of: model.graphs[0])
    let last = try #require(model.graphs[0].nodes.lastIndex { $0.code.builtin == .fullyConnected })
    let filter = try #require(layers.last?.inputs[1])
    let numbers = model.graphs[0][filter].data.elements(Float.self)
    edit[NodeID(last)].inputs[1] = edit.add(model.graphs[0][filter].with(numbers.map { $0 * 2 }))
    model.apply(edit, to: GraphID(0))
    var log = PassLog()
    try FuseRecurrence().run(on: &model, log: &log)
    #expect(log.edits.isEmpty)
    #expect(log.refusals.map(\.sentence) == ["step 5 has other weights"])
  }

  /// The body of a loop with a list cut anew in each turn computes without sizes that change.
  @Test(arguments: [false, true]) func listsAreUpdatedInPlace(returnsSequences: Bool) throws {
    var net = RecurrentNet(.gru, .loop)
    net.returnsSequences = returnsSequences
    let model = net.model()
    let result = try cleaned(model)
    let codes = result.graphs.flatMap(\.nodes).map(\.code.builtin)
    #expect(!codes.contains(.slice) || !returnsSequences)
    #expect(codes.contains(.dynamicUpdateSlice) == returnsSequences)
    #expect(result.graphs.allSatisfy { graph in graph.values.allSatisfy { $0.shapeSignature == nil } })
    #expect(try ModelPair(before: model, after: result).difference().relative == 0)
  }
}
