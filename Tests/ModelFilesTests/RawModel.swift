import GraphIR
import Testing

@testable import ModelFiles

/// Files that a `Model` cannot describe, made table by table.
enum RawModel {
  /// The file of a model, changed as a tree of records.
  static func bytes(
    of model: Model, edit: (inout Record) throws -> Void
  ) throws -> [UInt8] {
    var root = try FileContents(ModelFile.serialize(model)).root
    try edit(&root)
    let builder = FlatBufferBuilder()
    let table = try RecordEncoder(builder: builder).table(root)
    return try #require(builder.finish(root: table))
  }

  /// A model with one operator without tensors, and fields that the schema has or not.
  static func bytes(
    operatorFields: (FlatBufferBuilder) -> [FlatBufferBuilder.Entry] = { _ in [] },
    modelFields: (FlatBufferBuilder) -> [FlatBufferBuilder.Entry] = { _ in [] }
  ) throws -> [UInt8] {
    let builder = FlatBufferBuilder()
    func list(_ entries: [FlatBufferBuilder.Entry]) -> FlatBufferBuilder.Offset {
      builder.offsets([builder.table(entries)])
    }
    let operators = list(operatorFields(builder))
    let graphs = list([.offset(slot: SubGraphField.operators.rawValue, operators)])
    let codes = list([])
    let root = builder.table(
      [
        .scalar(slot: ModelField.version.rawValue, bits: 3, size: 4),
        .offset(slot: ModelField.operatorCodes.rawValue, codes),
        .offset(slot: ModelField.subgraphs.rawValue, graphs),
      ] + modelFields(builder))
    return try #require(builder.finish(root: root))
  }
}

extension Record {
  /// Changes one record of a vector.
  mutating func edit(_ name: String, _ index: Int, _ body: (inout Record) -> Void) {
    guard case .records(var records)? = self[name], records.indices.contains(index) else {
      Issue.record("no \(name)[\(index)] in \(typeName)")
      return
    }
    body(&records[index])
    self[name] = .records(records)
  }

  /// Changes one tensor of the first subgraph.
  mutating func editTensor(_ index: Int, _ body: (inout Record) -> Void) {
    edit("subgraphs", 0) { $0.edit("tensors", index, body) }
  }

  /// Changes one operator of the first subgraph.
  mutating func editOperator(_ index: Int, _ body: (inout Record) -> Void) {
    edit("subgraphs", 0) { $0.edit("operators", index, body) }
  }
}
