import GraphIR
import Operators
import Tensors

/// Puts coded constants into a model: one DECODE right before each node that reads some.
enum DecodeWriter {
  static let code = OperatorCode(Decode.builtin, customName: Decode.customName)

  static func write(_ candidates: [CompressionCandidate], into model: inout Model) {
    var edit = ModelEdit(of: model)
    for index in edit.graphs.indices {
      let own = candidates.filter { $0.graph == GraphID(index) }
      if !own.isEmpty { write(own, &edit.graphs[index]) }
    }
    model.apply(edit)
    // The constants themselves, which nobody reads any more.
    _ = model.removeUnused()
  }

  private static func write(_ candidates: [CompressionCandidate], _ edit: inout GraphEdit) {
    var operands: [ValueID: (encoded: ValueID, ancillary: ValueID)] = [:]
    var tables: [[UInt8]: ValueID] = [:]
    var read: [NodeID: [ValueID]] = [:]
    for candidate in candidates {
      let ancillary = candidate.coded.ancillary
      let table = tables[ancillary] ?? edit.add(bytes(ancillary))
      tables[ancillary] = table
      operands[candidate.value] = (edit.add(bytes(candidate.coded.encoded)), table)
      for reader in candidate.readers { read[reader, default: []].append(candidate.value) }
    }
    for (reader, values) in read.sorted(by: { $0.key < $1.key }) {
      var node = edit[reader]
      var decode = Node(code: code, inputs: [], outputs: [])
      for value in values {
        guard let (encoded, ancillary) = operands[value] else { continue }
        let result = edit.add(edit.graph[value].decoded)
        decode.inputs += [encoded, ancillary]
        decode.outputs.append(result)
        node.inputs = node.inputs.map { $0 == value ? result : $0 }
      }
      edit[reader] = node
      edit.insert(decode, before: reader)
    }
  }

  private static func bytes(_ bytes: [UInt8]) -> Value {
    Value(name: nil, dimensions: [Int32(bytes.count)], elementType: .uint8, data: TensorData(bytes))
  }
}

extension Value {
  /// The constant as an activation; one scale has no axis.
  fileprivate var decoded: Value {
    var value = self
    value.data = .none
    if value.quantization?.isPerChannel == false { value.quantization?.axis = 0 }
    return value
  }
}
