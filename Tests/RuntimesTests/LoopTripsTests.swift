import ModelFiles
import Testing
import _TestSupport

@testable import GraphIR
@testable import Runtimes

@Suite struct LoopTripsTests {
  /// A loop over an int32 counter; `compare` reads the counter and the limit.
  private func loop(
    _ compare: BuiltinOperator, start: Int32, limit: Int32, step: Int32, isSwapped: Bool = false,
    hasStoredStart: Bool = true
  ) -> Model {
    func integer(_ name: String, _ number: Int32, _ builder: inout GraphBuilder) -> ValueID {
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
      return builder.constant(name, [1], .int32, bytes: bytes)
    }
    var condition = GraphBuilder()
    let counter = condition.input("counter", [1], .int32)
    let end = integer("limit", limit, &condition)
    let goesOn = condition.value("goesOn", [1], .bool)
    condition.node(compare, isSwapped ? [end, counter] : [counter, end], [goesOn])
    condition.outputs([goesOn])
    var body = GraphBuilder()
    let old = body.input("old", [1], .int32)
    let more = integer("step", step, &body)
    let next = body.value("next", [1], .int32)
    body.node(.add, isSwapped ? [more, old] : [old, more], [next])
    body.outputs([next])
    var main = GraphBuilder()
    let first = hasStoredStart ? integer("start", start, &main) : main.input("start", [1], .int32)
    let last = main.value("last", [1], .int32)
    let graphs = Record(
      "",
      [
        .init(name: "cond_subgraph_index", value: .integer(1)),
        .init(name: "body_subgraph_index", value: .integer(2)),
      ])
    main.node(.`while`, [first], [last], options: graphs)
    main.outputs([last])
    return Model(graphs: [main.graph, condition.graph, body.graph])
  }

  @Test func countersToALimitAreCounted() {
    #expect(LoopTrips(loop(.less, start: 0, limit: 28, step: 1)).runs == [1, 29, 28])
    #expect(LoopTrips(loop(.less, start: -3, limit: 28, step: 5)).runs == [1, 8, 7])
    #expect(LoopTrips(loop(.lessEqual, start: 0, limit: 28, step: 7)).runs == [1, 6, 5])
    #expect(LoopTrips(loop(.greater, start: 0, limit: 28, step: 1, isSwapped: true)).runs == [1, 29, 28])
    #expect(LoopTrips(loop(.greaterEqual, start: 0, limit: 3, step: 1, isSwapped: true)).runs == [1, 5, 4])
    #expect(LoopTrips(loop(.less, start: 28, limit: 28, step: 1)).runs == [1, 1, 0])
    #expect(LoopTrips(loop(.lessEqual, start: 28, limit: 28, step: 1)).runs == [1, 2, 1])
  }

  @Test func whatDependsOnDataIsNotKnown() {
    #expect(
      LoopTrips(loop(.less, start: 0, limit: 28, step: 1, hasStoredStart: false)).runs == [1, nil, nil])
    #expect(LoopTrips(loop(.less, start: 0, limit: 28, step: 0)).runs == [1, nil, nil])
    #expect(LoopTrips(loop(.less, start: 0, limit: 28, step: -1)).runs == [1, nil, nil])
    #expect(LoopTrips(loop(.equal, start: 0, limit: 28, step: 1)).runs == [1, nil, nil])
    #expect(LoopTrips(loop(.less, start: 0, limit: 28, step: 1, isSwapped: true)).runs == [1, nil, nil])
  }

  @Test func aLoopInsideALoopMultiplies() {
    var model = loop(.less, start: 0, limit: 4, step: 1)
    let inner = loop(.less, start: 0, limit: 10, step: 2)
    var outer = model.graphs[2]
    let start = ValueID(outer.values.count)
    outer.values.append(inner.graphs[0].values[0])
    outer.values.append(inner.graphs[0].values[1])
    var node = inner.graphs[0].nodes[0]
    node.inputs = [start]
    node.outputs = [ValueID(start.index + 1)]
    node.renumberCalls { GraphID($0.index + 2) }
    outer.nodes.append(node)
    model = Model(graphs: [model.graphs[0], model.graphs[1], outer, inner.graphs[1], inner.graphs[2]])
    #expect(LoopTrips(model).runs == [1, 5, 4, 24, 20])
  }

  @Test func loopsCostWhatTheyTurn() throws {
    let path = try #require(OwnModels.paths.first { $0.hasSuffix("/while_float32.tflite") })
    let model = try ModelFile.read(path: path)
    #expect(LoopTrips(model).runs == [1, 29, 28])
  }
}
