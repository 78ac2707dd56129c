package import Files
package import Zoo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Live bytes of every operator as node data that Google's Model Explorer lays over its picture of a model.
///
/// A file for each row: by graph, by the operator's number, as Model Explorer's reader of TensorFlow Lite files calls
/// them.
package struct ModelExplorerData {
  package let files: [OutputFolder.File]

  private struct NodeData: Encodable {
    struct Value: Encodable { let value: Int }
    struct Stop: Encodable {
      let stop: Double
      let bgColor: String
    }

    let results: [String: Value]
    let gradient: [Stop]
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

  /// - Throws: what reading a document throws.
  package init(_ sheet: ZooSheet, document: (ZooDocument, ZooRow) throws -> [UInt8]?) throws {
    var files: [OutputFolder.File] = []
    for row in sheet.rows {
      guard let bytes = try document(.plan, row),
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)),
        let model = answer.models.first
      else { continue }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let name = row.board.isEmpty ? row.model : "\(row.board)/\(row.model)"
      files.append(("\(name).json", [UInt8](try encoder.encode(Self.data(model)))))
    }
    self.files = files
  }

  private static func data(_ model: Answer.Model) -> NodeData {
    var results: [String: NodeData.Value] = [:]
    for step in model.plan.steps where step.graph == 0 {
      results["\(step.operator)"] = NodeData.Value(value: step.liveBytes)
    }
    return NodeData(
      results: results,
      gradient: [
        NodeData.Stop(stop: 0, bgColor: "#e8f4ea"), NodeData.Stop(stop: 1, bgColor: "#c62828"),
      ])
  }

  /// Whether a file is one of these, and so may be replaced.
  package static func isOwn(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("{\"gradient\":[".utf8)) }
}
