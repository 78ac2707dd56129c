import Zoo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a page shows of one row: the row's documents without what the page does not show, as one stream of zlib
/// (RFC 1950) in Base64. Together they take less, since the plans before and after share most of their text.
enum PageDetails {
  /// The order in which the documents stand.
  private static let order: [ZooDocument] = [.plan, .after, .inspect, .optimize]

  private static let costs = [["cost", "operators"], ["cost", "uncertainty"], ["cost", "cycles"]]

  private static func unused(_ kind: ZooDocument) -> [[String]] {
    // Paths are those of copies that are gone.
    let plan =
      [["path"], ["tflm"], ["timings"], ["operatorsOfAllSubgraphs"], ["flash", "code", "conditions"]] + costs
    switch kind {
    case .plan, .after: return plan.map { ["models"] + $0 }
    case .inspect: return [["path"]]
    case .optimize:
      return [["path"], ["output"], ["timings"]]
        + costs.flatMap { [["cost", "before", $0[1]], ["cost", "after", $0[1]]] }
    }
  }

  /// - Parameter document: what nnopt printed; nil for none.
  /// - Returns: nil where there is no document.
  /// - Throws: what reading a document throws, and where one is no JSON.
  static func packed(_ document: (ZooDocument) throws -> [UInt8]?) throws -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var parts: [String] = []
    for kind in order {
      guard let bytes = try document(kind) else { continue }
      let value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)).without(unused(kind))
      parts.append("\"\(kind.rawValue)\":\(String(decoding: try encoder.encode(value), as: UTF8.self))")
    }
    guard !parts.isEmpty else { return nil }
    return Data(ZooDocument.packed(Array("{\(parts.joined(separator: ","))}".utf8))).base64EncodedString()
  }
}
