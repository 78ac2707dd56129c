import GraphIR
import Tensors

/// Equality by content, under which what is not a number equals itself.
enum Equality {
  static func same(_ old: [Float]?, _ new: [Float]?) -> Bool {
    (old ?? []).map(\.bitPattern) == (new ?? []).map(\.bitPattern)
  }

  static func same(_ old: FieldValue, _ new: FieldValue) -> Bool {
    switch (old, new) {
    case (.real(let first), .real(let second)): first.bitPattern == second.bitPattern
    case (.reals(let first), .reals(let second)): first.map(\.bitPattern) == second.map(\.bitPattern)
    case (.record(let first), .record(let second)): same(first, second)
    case (.records(let first), .records(let second)): same(first, second)
    case (.union(let code, let first), .union(let other, let second)): code == other && same(first, second)
    default: old == new
    }
  }

  static func same(_ old: Record, _ new: Record) -> Bool {
    old.typeName == new.typeName && old.fields.count == new.fields.count
      && zip(old.fields, new.fields).allSatisfy { $0.name == $1.name && same($0.value, $1.value) }
  }

  static func same(_ old: [Record], _ new: [Record]) -> Bool {
    old.count == new.count && zip(old, new).allSatisfy { same($0, $1) }
  }

  static func same(_ old: Node.Options?, _ new: Node.Options?) -> Bool {
    guard let old, let new else { return old == nil && new == nil }
    return old.code == new.code && same(old.record, new.record)
  }

  static func same(_ old: Value.Attachments, _ new: Value.Attachments) -> Bool {
    old.hasRank == new.hasRank && old.externalBuffer == new.externalBuffer
      && same(old.sparsity.map { [$0] } ?? [], new.sparsity.map { [$0] } ?? [])
      && same(old.variantTensors ?? [], new.variantTensors ?? [])
      && same(fields(old.quantizationDetails), fields(new.quantizationDetails))
  }

  private static func fields(_ value: FieldValue?) -> Record {
    Record("", value.map { [Record.Field(name: "", value: $0)] } ?? [])
  }
}
