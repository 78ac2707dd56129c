package import Files
package import Zoo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Live bytes of every operator as node data that Google's Model Explorer lays over its picture of a model.
///
/// A file for each row, and one for its optimized file where there is one. It has an object for every graph, by the
/// graph's name, whose `results` are by operator: by the name of its first output, which the planned file has as well,
/// or by the operator's number where names are missing or not the only ones. Model Explorer calls graphs without a name
/// `main` and `subgraph_1`.
package struct ModelExplorerData {
  package let files: [OutputFolder.File]

  private struct NodeData: Codable {
    struct Value: Codable { var value: Int }
    struct Stop: Codable {
      let stop: Double
      let bgColor: String
    }

    var results: [String: Value] = [:]
    var gradient = [Stop(stop: 0, bgColor: "#e8f4ea"), Stop(stop: 1, bgColor: "#c62828")]
  }

  private struct Answer: Decodable {
    struct Model: Decodable { let plan: Plan }
    struct Plan: Decodable { let steps: [Step] }
    struct Step: Decodable {
      let graph: Int
      let `operator`: Int
      let liveBytes: Int
    }

    let models: [Model]
  }

  private struct Inspected: Decodable {
    struct Graph: Decodable {
      let name: String
      let operators: [Operator]
      let tensors: [Tensor]
    }
    struct Operator: Decodable { let outputs: [Int] }
    struct Tensor: Decodable {
      let index: Int
      let name: String
    }

    let graphs: [Graph]
  }

  /// - Throws: what reading a document throws.
  package init(_ sheet: ZooSheet, document: (ZooDocument, ZooRow) throws -> [UInt8]?) throws {
    var files: [OutputFolder.File] = []
    for row in sheet.rows {
      let inspected: Inspected? = try Self.decoded(document(.inspect, row))
      let graphs = inspected?.graphs ?? []
      let name = Self.path(row)
      if let plan: Answer = try Self.decoded(document(.plan, row)) {
        let data = Self.data(plan, graphs: graphs.map(\.name), keys: graphs.map(Self.keys))
        files.append(("\(name).json", try Self.encoded(data)))
      }
      if let plan: Answer = try Self.decoded(document(.after, row)) {
        // Operators of the optimized file are others.
        let data = Self.data(plan, graphs: graphs.map(\.name), keys: [])
        files.append(("\(name).optimized.json", try Self.encoded(data)))
      }
    }
    self.files = files
  }

  private static func decoded<Value: Decodable>(_ bytes: [UInt8]?) -> Value? {
    bytes.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
  }

  private static func encoded(_ data: [String: NodeData]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(data))
  }

  /// Where a row's file goes; a database may name anything.
  private static func path(_ row: ZooRow) -> String {
    (FileName.parts(row.board) + FileName.parts(row.model, room: ".optimized.json".utf8.count))
      .joined(separator: "/")
  }

  /// The names of operators' first outputs; none where they do not tell operators apart.
  private static func keys(_ graph: Inspected.Graph) -> [String] {
    let names = Dictionary(graph.tensors.map { ($0.index, $0.name) }) { first, _ in first }
    let keys = graph.operators.map { $0.outputs.first.flatMap { names[$0] } ?? "" }
    // A name that is a number would be taken for an operator's.
    let isTelling = Set(keys).count == keys.count && keys.allSatisfy { !$0.isEmpty && Int($0) == nil }
    return isTelling ? keys : []
  }

  private static func data(_ answer: Answer, graphs: [String], keys: [[String]]) -> [String: NodeData] {
    var data: [String: NodeData] = [:]
    for step in answer.models.first?.plan.steps ?? [] {
      let name = graphs.indices.contains(step.graph) ? graphs[step.graph] : ""
      let graph = !name.isEmpty ? name : step.graph == 0 ? "main" : "subgraph_\(step.graph)"
      let names = keys.indices.contains(step.graph) ? keys[step.graph] : []
      let key = names.indices.contains(step.operator) ? names[step.operator] : "\(step.operator)"
      let known = data[graph, default: NodeData()].results[key]?.value ?? 0
      // A graph that is called often takes most where most is alive around it.
      data[graph, default: NodeData()].results[key] = NodeData.Value(value: max(step.liveBytes, known))
    }
    return data
  }

  /// Whether a file is one of these, or one of those that earlier versions wrote, and so may be replaced.
  package static func isOwn(_ bytes: [UInt8]) -> Bool {
    let data = Data(bytes)
    let decoder = JSONDecoder()
    return (try? decoder.decode([String: NodeData].self, from: data)) != nil
      || (try? decoder.decode(NodeData.self, from: data)) != nil
  }
}
