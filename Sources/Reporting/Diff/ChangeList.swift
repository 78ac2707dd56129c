import GraphIR

/// Collects texts that differ.
struct ChangeList {
  private(set) var changes: [ModelDiff.Change] = []

  /// Notes two texts where they differ, or where `isSame` says that what they stand for does.
  mutating func note(_ what: String, _ old: String?, _ new: String?, isSame: (() -> Bool)? = nil) {
    guard !(isSame?() ?? (old == new)) else { return }
    changes.append(ModelDiff.Change(what: what, before: old, after: new))
  }

  /// Notes that something differs that is too large for a text.
  mutating func noteUnless(_ isSame: Bool, _ what: String) {
    if !isSame { changes.append(ModelDiff.Change(what: what, before: nil, after: nil)) }
  }

  /// Notes the fields of two tables that differ, in the first one's order, then in the second's.
  mutating func noteFields(_ old: Record, _ new: Record) {
    note("options table", old.typeName, new.typeName)
    for field in old.fields {
      let other = new[field.name]
      note(field.name, field.value.description, other?.description) {
        other.map { Equality.same(field.value, $0) } ?? false
      }
    }
    for field in new.fields where old[field.name] == nil { note(field.name, nil, field.value.description) }
  }

  static func single(_ what: String, _ old: String?, _ new: String?) -> [ModelDiff.Change] {
    var list = ChangeList()
    list.note(what, old, new)
    return list.changes
  }
}
