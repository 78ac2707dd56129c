/// Where in a model something is, as errors name it.
package enum ModelPlace: Hashable, Sendable {
  case model
  case operatorCode(Int)
  case buffer(Int)
  case metadata(Int)
  case signature(Int)
  case subgraph(Int)
  case tensor(Int, subgraph: Int, name: String?)
  case node(Int, subgraph: Int, operatorName: String)
}

extension ModelPlace: CustomStringConvertible {
  /// Such as `subgraph 0, operator 12 (CONV_2D)`.
  package var description: String {
    switch self {
    case .model: "model"
    case .operatorCode(let index): "operator code \(index)"
    case .buffer(let index): "buffer \(index)"
    case .metadata(let index): "metadata entry \(index)"
    case .signature(let index): "signature \(index)"
    case .subgraph(let index): "subgraph \(index)"
    case .tensor(let index, let subgraph, let name?):
      "subgraph \(subgraph), tensor \(index) (\(name.printable))"
    case .tensor(let index, let subgraph, nil): "subgraph \(subgraph), tensor \(index)"
    case .node(let index, let subgraph, let operatorName):
      "subgraph \(subgraph), \(NodeID(index).title(operatorName.printable))"
    }
  }
}

extension String {
  /// The text without control characters and not longer than a line: names come from hostile files.
  var printable: String {
    let limit = 80
    let shown = unicodeScalars.prefix(limit).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "?"
      default: String(scalar)
      }
    }
    return shown.joined() + (unicodeScalars.dropFirst(limit).isEmpty ? "" : "…")
  }
}
