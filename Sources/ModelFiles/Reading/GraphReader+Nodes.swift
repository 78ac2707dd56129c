internal import GraphIR

extension GraphReader {
  /// One operator.
  func node(
    _ table: TypedTable<OperatorField>, index: Int, subgraph: Int, valueCount: Int
  ) throws(ModelFileError) -> Node {
    let codeIndex = Int(try table.integer(.opcodeIndex, default: UInt32(0)))
    guard operatorCodes.indices.contains(codeIndex) else {
      throw state.invalid(
        "operator code \(codeIndex) does not exist (the model has \(operatorCodes.count))")
    }
    let code = operatorCodes[codeIndex]
    state.place = .node(index, subgraph: subgraph, operatorName: code.name)
    let inputs = try table.integers(.inputs, as: Int32.self)
    let outputs = try table.integers(.outputs, as: Int32.self)
    let intermediates = try table.integers(.intermediates, as: Int32.self)
    let options = try options(.builtinOptions, "BuiltinOptions", of: table)
    let options2 = try self.options(.builtinOptions2, "BuiltinOptions2", of: table)
    var node = Node(
      code: code, inputs: try values(inputs ?? [], role: "input", count: valueCount),
      outputs: try outputValues(outputs ?? [], count: valueCount),
      intermediates: try intermediates.map { (indices) throws(ModelFileError) in
        try values(indices, role: "intermediate", count: valueCount)
      },
      options: options.stored, options2: options2.stored,
      customOptions: try customOptions(table),
      mutatingVariableInputs: try table.integers(.mutatingVariableInputs, as: UInt8.self)?.map { $0 != 0 },
      debugMetadataIndex: try table.integer(.debugMetadataIndex, default: -1))
    node.codeIndex = codeIndex
    node.namedOptions = NamedOptions(first: options.named, second: options2.named)
    if inputs == nil { node.omittedLists.insert(.inputs) }
    if outputs == nil { node.omittedLists.insert(.outputs) }
    return node
  }

  private func outputValues(_ indices: [Int32], count: Int) throws(ModelFileError) -> [ValueID] {
    let outputs = try values(indices, role: "output", count: count)
    let present = outputs.compactMap { $0 }
    guard present.count == outputs.count else {
      throw state.invalid("output index -1: only inputs may be absent")
    }
    return present
  }

  private func options(
    _ field: OperatorField, _ unionName: String, of table: TypedTable<OperatorField>
  ) throws(ModelFileError) -> (stored: Node.Options?, named: UInt8) {
    guard let union = Schema.current[unionName],
      let member = try buffer.union(field.rawValue, in: table.table, union: union)
    else { return (nil, 0) }
    if member.record.typeName.isEmpty { return (nil, member.code) }
    return (Node.Options(code: member.code, record: member.record), 0)
  }

  /// Options of a custom operator, inside the FlatBuffer or behind it.
  private func customOptions(
    _ table: TypedTable<OperatorField>
  ) throws(ModelFileError) -> Node.CustomOptions? {
    let format: Int8 = try table.integer(.customOptionsFormat, default: 0)
    if let bytes = try table.integers(.customOptions, as: UInt8.self) {
      return Node.CustomOptions(bytes: bytes, format: format)
    }
    let offset: UInt64 = try table.integer(.largeCustomOptionsOffset, default: 0)
    let size: UInt64 = try table.integer(.largeCustomOptionsSize, default: 0)
    guard offset > 1, size > 0 else { return nil }
    let bytes = try buffer.appendedBytes(offset: offset, size: size)
    try state.charge(bytes.count)
    return Node.CustomOptions(bytes: Array(bytes), format: format, isAppended: true)
  }
}
