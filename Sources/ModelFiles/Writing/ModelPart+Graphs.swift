internal import GraphIR
internal import Tensors

extension ModelPart {
  mutating func subgraph(_ graph: Graph, index: Int) throws(ModelFileError) -> Offset {
    var tensors: [Offset] = []
    for (position, value) in graph.values.enumerated() {
      do throws(RecordEncoder.Mismatch) {
        tensors.append(try tensor(value))
      } catch {
        throw writer.error(.tensor(position, subgraph: index, name: value.name), error.problem)
      }
    }
    var operators: [Offset] = []
    for (position, node) in graph.nodes.enumerated() {
      do throws(RecordEncoder.Mismatch) {
        operators.append(try self.operator(node))
      } catch {
        let place = ModelPlace.node(position, subgraph: index, operatorName: node.code.name)
        throw writer.error(place, error.problem)
      }
    }
    var table = TableDraft<SubGraphField>()
    let omitted = graph.omittedLists
    table.add(.tensors, unless(omitted.contains(.tensors), tensors))
    table.add(.inputs, indices(graph.inputs, omitsEmpty: omitted.contains(.inputs)))
    table.add(.outputs, indices(graph.outputs, omitsEmpty: omitted.contains(.outputs)))
    table.add(.operators, unless(omitted.contains(.operators), operators))
    table.add(.name, graph.name.map(builder.string))
    table.add(.debugMetadataIndex, graph.debugMetadataIndex, default: -1)
    return builder.table(table)
  }

  private func tensor(_ value: Value) throws(RecordEncoder.Mismatch) -> Offset {
    let attachments = value.attachments
    var table = TableDraft<TensorField>()
    table.add(.quantization, try quantization(value))
    if let sparsity = attachments.sparsity { table.add(.sparsity, try encoder.table(sparsity)) }
    if let variants = attachments.variantTensors {
      table.add(.variantTensors, try encoder.tables(variants))
    }
    table.add(.shape, value.dimensions.map { builder.vector($0) })
    table.add(.type, value.elementType.rawValue)
    table.add(.buffer, UInt32(writer.buffers.index(of: value.data)))
    table.add(.name, value.name.map(builder.string))
    table.add(.isVariable, value.isVariable)
    table.add(.shapeSignature, value.shapeSignature.map { builder.vector($0) })
    table.add(.hasRank, attachments.hasRank)
    table.add(.externalBuffer, attachments.externalBuffer)
    return builder.table(table)
  }

  private func quantization(_ value: Value) throws(RecordEncoder.Mismatch) -> Offset? {
    let details = value.attachments.quantizationDetails
    guard value.quantization != nil || details != nil else { return nil }
    var table = TableDraft<QuantizationField>()
    if case .union(let code, let record)? = details, let union = Schema.current["QuantizationDetails"] {
      table.add(.detailsType, code)
      if !record.typeName.isEmpty { table.add(.details, try encoder.member(code, record, of: union)) }
    }
    if let quantization = value.quantization {
      guard let axis = Int32(exactly: quantization.axis) else {
        throw RecordEncoder.Mismatch(problem: "quantization axis \(quantization.axis) is out of range")
      }
      table.add(.min, quantization.min.map { builder.vector($0) })
      table.add(.max, quantization.max.map { builder.vector($0) })
      table.add(.scale, quantization.scales.map { builder.vector($0) })
      table.add(.zeroPoint, quantization.zeroPoints.map { builder.vector($0) })
      table.add(.quantizedDimension, axis)
    }
    return builder.table(table)
  }

  private mutating func `operator`(_ node: Node) throws(RecordEncoder.Mismatch) -> Offset {
    var table = TableDraft<OperatorField>()
    try add(
      node.options, node.namedOptions.first, to: &table, at: (.builtinOptionsType, .builtinOptions),
      "BuiltinOptions")
    try add(
      node.options2, node.namedOptions.second, to: &table, at: (.builtinOptions2Type, .builtinOptions2),
      "BuiltinOptions2")
    table.add(.opcodeIndex, writer.codes.index(of: node))
    table.add(.inputs, indices(node.inputs, omitsEmpty: node.omittedLists.contains(.inputs)))
    table.add(.outputs, indices(node.outputs, omitsEmpty: node.omittedLists.contains(.outputs)))
    table.add(.intermediates, node.intermediates.flatMap { indices($0, omitsEmpty: false) })
    table.add(
      .mutatingVariableInputs,
      node.mutatingVariableInputs.map { flags in builder.vector(flags.map { UInt8($0 ? 1 : 0) }) })
    table.add(.debugMetadataIndex, node.debugMetadataIndex, default: -1)
    guard let options = node.customOptions else { return builder.table(table) }
    table.add(.customOptionsFormat, options.format)
    if options.isAppended && !writer.putsDataInside {
      table.add(.largeCustomOptionsOffset, appended.place(options.bytes[...]))
      table.add(.largeCustomOptionsSize, UInt64(options.bytes.count))
    } else {
      table.add(.customOptions, builder.vector(options.bytes))
    }
    return builder.table(table)
  }

  private func add(
    _ options: Node.Options?, _ named: UInt8, to table: inout TableDraft<OperatorField>,
    at fields: (type: OperatorField, value: OperatorField), _ unionName: String
  ) throws(RecordEncoder.Mismatch) {
    guard let options, let union = Schema.current[unionName] else { return table.add(fields.type, named) }
    table.add(fields.value, try encoder.member(options.code, options.record, of: union))
    table.add(fields.type, options.code)
  }

  private func indices(_ values: [ValueID?], omitsEmpty: Bool) -> Offset? {
    guard !(values.isEmpty && omitsEmpty) else { return nil }
    return builder.vector(values.map { $0?.rawValue ?? -1 })
  }

  private func unless(_ omitsEmpty: Bool, _ tables: [Offset]) -> Offset? {
    tables.isEmpty && omitsEmpty ? nil : builder.offsets(tables)
  }
}
