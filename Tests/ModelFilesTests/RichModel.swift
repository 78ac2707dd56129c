import Tensors

@testable import GraphIR

/// A model that uses every corner of the format at once.
enum RichModel {
  static func make() -> Model {
    let shared = TensorData([1, 2, 3, 4])
    let metadata = TensorData([UInt8]("1.14.0".utf8))
    return Model(
      graphs: [mainGraph(shared: shared), emptyGraph()], description: "",
      metadata: [
        Model.MetadataEntry(name: "min_runtime_version", data: metadata),
        Model.MetadataEntry(name: nil, data: TensorData([])),
      ],
      signatures: signatures(), metadataBuffers: [metadata, .none],
      externalBufferGroups: [Record("ExternalBufferGroup", [Record.Field("name", .string("weights.bin"))])],
      externalBuffers: [
        Record(
          "ExternalBuffer",
          [
            Record.Field("id", .integer(1)), Record.Field("offset", .integer(1 << 40)),
            Record.Field("length", .integer(64)), Record.Field("packing", .string("")),
          ])
      ],
      operatorCodes: [OperatorCode(.add, version: 2), OperatorCode(.softmax)],
      buffers: [.none, TensorData([9, 9]), TensorData([], location: .absent), shared],
      appendix: [UInt8]("some other tool's data".utf8))
  }

  private static func signatures() -> [Model.Signature] {
    [
      Model.Signature(
        key: "serving_default", graph: GraphID(0),
        inputs: [Model.Signature.Binding(name: "x", value: ValueID(0))],
        outputs: [Model.Signature.Binding(name: nil, value: ValueID(1))], deprecatedTag: "old"),
      Model.Signature(key: nil, graph: GraphID(1), inputs: nil, outputs: []),
    ]
  }

  private static func mainGraph(shared: TensorData) -> Graph {
    Graph(
      nodes: [customNode(), newNode()],
      values: typedValues() + constants(shared: shared) + [sparseValue(), variantValue()],
      inputs: [ValueID(0), nil], outputs: [ValueID(1), nil], debugMetadataIndex: 4)
  }

  private static func emptyGraph() -> Graph {
    Graph(
      name: "", nodes: [], values: [], inputs: [], outputs: [], omittedLists: [.inputs, .tensors, .operators])
  }

  /// A custom operator with an absent input and options.
  private static func customNode() -> Node {
    Node(
      code: OperatorCode(.custom, customName: "My★Operator", version: 7),
      inputs: [ValueID(0), nil, ValueID(23)], outputs: [ValueID(1), ValueID(2)],
      intermediates: [ValueID(3), nil],
      customOptions: Node.CustomOptions(bytes: [0xDE, 0xAD, 0xBE], format: 1),
      mutatingVariableInputs: [false, true, false], debugMetadataIndex: 0)
  }

  /// An operator newer than the schema, with options in the second union and lists left out.
  private static func newNode() -> Node {
    var node = Node(
      code: OperatorCode(BuiltinOperator(rawValue: 500)), inputs: [], outputs: [], intermediates: [],
      options2: Node.Options(
        code: 23,
        record: Record(
          "StablehloCaseOptions", [Record.Field("branch_subgraph_indices", .integers([1, 0]))])),
      customOptions: Node.CustomOptions(
        bytes: [UInt8](repeating: 5, count: 100), isAppended: true))
    node.omittedLists = [.outputs]
    return node
  }

  /// One activation of every element type: values 0 to 22.
  private static func typedValues() -> [Value] {
    ElementType.allCases.map { type in
      var value = Value(
        name: "\(type)", dimensions: [2, 3], shapeSignature: [-1, 3], elementType: type,
        isVariable: type == .resource)
      value.attachments.hasRank = true
      return value
    }
  }

  /// Constants: shared, appended, sub-byte, empty, with quantization in every form.
  private static func constants(shared: TensorData) -> [Value] {
    var blockwise = Value(
      name: nil, dimensions: nil, elementType: .int4, quantization: nil, data: TensorData([0x21]))
    blockwise.attachments.quantizationDetails = .union(
      code: 2, Record("BlockwiseQuantization", [Record.Field("block_size", .integer(32))]))
    var custom = Value(
      name: "", dimensions: [], elementType: .int8,
      quantization: Quantization(min: [], max: nil, scales: [0.5], zeroPoints: [-3]), data: shared)
    custom.attachments.quantizationDetails = .union(
      code: 1, Record("CustomQuantization", [Record.Field("custom", .bytes([1, 2, 3]))]))
    custom.attachments.externalBuffer = 1
    return [
      Value(name: "shared a", dimensions: [4], elementType: .uint8, data: shared),
      Value(
        name: "shared b", dimensions: [1], elementType: .float32,
        quantization: Quantization(min: [-1], max: [.infinity], scales: nil, zeroPoints: nil), data: shared),
      Value(
        name: "channels", dimensions: [2, 2], elementType: .int8,
        quantization: Quantization(scales: [0.5, .pi], zeroPoints: [0, 0], axis: 1),
        data: TensorData([1, 2, 3, 4], location: .appended)),
      Value(
        name: "int2", dimensions: [5], elementType: .int2,
        data: TensorData([0x1B, 0x02], location: .appended)),
      Value(name: "no elements", dimensions: [0], elementType: .int32, data: TensorData([])),
      Value(
        name: "text", dimensions: [1], elementType: .string,
        data: TensorData([1, 0, 0, 0, 12, 0, 0, 0, 13, 0, 0, 0, 65])),
      blockwise, custom,
    ]
  }

  private static func sparseValue() -> Value {
    func indices(_ code: UInt8, _ name: String, _ value: FieldValue) -> FieldValue {
      .union(code: code, Record(name, [Record.Field("values", value)]))
    }
    let dense = Record(
      "DimensionMetadata",
      [
        Record.Field("format", .integer(0)), Record.Field("dense_size", .integer(8)),
        Record.Field("array_segments", indices(1, "Int32Vector", .integers([0, -1]))),
      ])
    let sparse = Record(
      "DimensionMetadata",
      [
        Record.Field("format", .integer(1)),
        Record.Field("array_segments", indices(2, "Uint16Vector", .integers([0, 65535]))),
        Record.Field("array_indices", indices(3, "Uint8Vector", .bytes([0, 255, 3]))),
      ])
    var value = Value(
      name: "sparse", dimensions: [8, 8], elementType: .float32,
      data: TensorData([UInt8](repeating: 1, count: 8)))
    value.attachments.sparsity = Record(
      "SparsityParameters",
      [
        Record.Field("traversal_order", .integers([0, 1])), Record.Field("block_map", .integers([])),
        Record.Field("dim_metadata", .records([dense, sparse])),
      ])
    return value
  }

  private static func variantValue() -> Value {
    var value = Value(name: "list", dimensions: [], elementType: .variant)
    value.attachments.variantTensors = [
      Record(
        "VariantSubType",
        [
          Record.Field("shape", .integers([-1, 4])), Record.Field("type", .integer(9)),
          Record.Field("has_rank", .integer(1)),
        ]),
      Record("VariantSubType"),
    ]
    return value
  }
}

extension Record.Field {
  fileprivate init(_ name: String, _ value: FieldValue) { self.init(name: name, value: value) }
}
