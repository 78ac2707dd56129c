import GraphIR
import Tensors
import Testing

@testable import ModelFiles

/// Files that the verifier accepts and that mean nothing.
struct InvalidModelTests {
  struct Broken: CustomTestStringConvertible, Sendable {
    let problem: String
    var model = SampleModel.chain
    let edit: @Sendable (inout Record) -> Void

    init(
      _ problem: String, of model: @escaping @Sendable () -> Model = { SampleModel.chain() },
      edit: @escaping @Sendable (inout Record) -> Void
    ) {
      self.problem = problem
      self.model = model
      self.edit = edit
    }

    var testDescription: String { problem }
  }

  @Test(arguments: indices + tensors + orders + calls)
  func clearError(broken: Broken) throws {
    let bytes = try RawModel.bytes(of: broken.model()) { broken.edit(&$0) }
    #expect {
      try ModelFile.parse(bytes, name: "model.tflite")
    } throws: { error in
      #expect("\(error)" == "model.tflite: \(broken.problem)")
      return true
    }
  }

  static let indices = [
    Broken("model: schema version 2; only version 3 is supported") { $0["version"] = .integer(2) },
    Broken("model: there is no subgraph, so nothing to run") { $0["subgraphs"] = .records([]) },
    Broken("operator code 0: the code -1 is negative") {
      $0.edit("operator_codes", 0) { code in
        code["deprecated_builtin_code"] = .integer(-1)
        code["builtin_code"] = .integer(-1)
      }
    },
    Broken("subgraph 0, operator 0 (unknown): operator code 9 does not exist (the model has 2)") {
      $0.editOperator(0) { $0["opcode_index"] = .integer(9) }
    },
    Broken(
      "subgraph 0, operator 0 (CONV_2D): input index 4711 is out of range (the subgraph has 5 tensors)"
    ) { $0.editOperator(0) { $0["inputs"] = .integers([0, 4711, 2]) } },
    Broken("subgraph 0, operator 0 (CONV_2D): input index -2 is out of range (the subgraph has 5 tensors)") {
      $0.editOperator(0) { $0["inputs"] = .integers([-2]) }
    },
    Broken("subgraph 0, operator 1 (RELU): output index 5 is out of range (the subgraph has 5 tensors)") {
      $0.editOperator(1) { $0["outputs"] = .integers([5]) }
    },
    Broken("subgraph 0, operator 1 (RELU): output index -1: only inputs may be absent") {
      $0.editOperator(1) { $0["outputs"] = .integers([-1]) }
    },
    Broken(
      "subgraph 0, operator 1 (RELU): intermediate index 8 is out of range (the subgraph has 5 tensors)"
    ) { $0.editOperator(1) { $0["intermediates"] = .integers([8]) } },
    Broken("subgraph 0: output index 7 is out of range (the subgraph has 5 tensors)") {
      $0.edit("subgraphs", 0) { $0["outputs"] = .integers([7]) }
    },
    Broken("subgraph 0, tensor 1 (weights): buffer 4000000000 does not exist (the model has 3)") {
      $0.editTensor(1) { $0["buffer"] = .integer(4_000_000_000) }
    },
    Broken("metadata entry 0: buffer 99 does not exist (the model has 3)") {
      $0["metadata"] = .records([Record("Metadata", [Record.Field(name: "buffer", value: .integer(99))])])
    },
    Broken("model: buffer -1 does not exist (the model has 3)") {
      $0["metadata_buffer"] = .integers([-1])
    },
    Broken("signature 0: subgraph 1 does not exist (the model has 1)") {
      $0["signature_defs"] = .records([
        Record("SignatureDef", [Record.Field(name: "subgraph_index", value: .integer(1))])
      ])
    },
    Broken("signature 0: tensor 5 does not exist (the subgraph has 5)") {
      let map = Record("TensorMap", [Record.Field(name: "tensor_index", value: .integer(5))])
      $0["signature_defs"] = .records([
        Record("SignatureDef", [Record.Field(name: "inputs", value: .records([map]))])
      ])
    },
  ]

  static let tensors = [
    Broken("subgraph 0, tensor 3 (conv): element type 23 is unknown; the newest known is 22 (float8_e5m2)") {
      $0.editTensor(3) { $0["type"] = .integer(23) }
    },
    Broken("subgraph 0, tensor 3 (conv): dimension -4 of its shape is negative") {
      $0.editTensor(3) { $0["shape"] = .integers([1, -4]) }
    },
    Broken(
      "subgraph 0, tensor 3 (conv): the shape 2147483647×2147483647×2147483647 has more elements than a"
        + " machine word"
    ) { $0.editTensor(3) { $0["shape"] = .integers([2_147_483_647, 2_147_483_647, 2_147_483_647]) } },
    Broken(
      "subgraph 0, tensor 3 (conv): the shape 2147483647×1000 takes more than 1099511627776 bytes as float32"
    ) { $0.editTensor(3) { $0["shape"] = .integers([2_147_483_647, 1000]) } },
    Broken("subgraph 0, tensor 1 (weights): its data have 24 bytes; 3×1×1×3 as float32 needs 36") {
      $0.editTensor(1) { $0["shape"] = .integers([3, 1, 1, 3]) }
    },
    Broken("subgraph 0, tensor 1 (weights): 2 quantization scales, but 3 zero points") {
      $0.editTensor(1) { $0["quantization"] = quantization(scales: 2, zeroPoints: 3, axis: 0) }
    },
    Broken("subgraph 0, tensor 1 (weights): 3 quantization scales for 2 indices of axis 3") {
      $0.editTensor(1) { $0["quantization"] = quantization(scales: 3, zeroPoints: 1, axis: 3) }
    },
    Broken("subgraph 0, tensor 1 (weights): quantization axis -1, but the shape has 4 dimensions") {
      $0.editTensor(1) { $0["quantization"] = quantization(scales: 3, zeroPoints: 3, axis: -1) }
    },
  ]

  static let orders = [
    Broken(
      "subgraph 0, operator 0 (CONV_2D): reads tensor 4, which the later operator 1 writes"
    ) { $0.editOperator(0) { $0["inputs"] = .integers([4, 1, 2]) } },
    Broken("subgraph 0, operator 1 (RELU): reads tensor 4, its own output") {
      $0.editOperator(1) { $0["inputs"] = .integers([3, 4]) }
    },
    Broken("subgraph 0, operator 1 (RELU): writes tensor 3, which operator 0 has written") {
      $0.editOperator(1) { $0["outputs"] = .integers([3]) }
    },
    Broken("subgraph 0, operator 1 (RELU): writes tensor 2, a constant") {
      $0.editOperator(1) { $0["outputs"] = .integers([2]) }
    },
    Broken("subgraph 0, operator 1 (RELU): writes tensor 0, an input of the subgraph") {
      $0.editOperator(1) { $0["outputs"] = .integers([0]) }
    },
  ]

  static let calls = [
    Broken("subgraph 0, operator 0 (WHILE): calls subgraph 3; the model has 3", of: SampleModel.loop) {
      $0.editOperator(0) { $0["builtin_options"] = loop(condition: 1, body: 3) }
    },
    Broken("subgraph 0, operator 0 (WHILE): calls subgraph -1; the model has 3", of: SampleModel.loop) {
      $0.editOperator(0) { $0["builtin_options"] = loop(condition: -1, body: 2) }
    },
    Broken(
      "subgraph 0, operator 0 (WHILE): calls subgraph 0, which is still running: a cycle",
      of: SampleModel.loop
    ) { $0.editOperator(0) { $0["builtin_options"] = loop(condition: 1, body: 0) } },
    Broken(
      "subgraph 2, operator 0 (WHILE): calls subgraph 0, which is still running: a cycle",
      of: SampleModel.loop
    ) { root in
      root.edit("subgraphs", 2) { body in
        body.edit("operators", 0) {
          $0["opcode_index"] = .integer(0)
          $0["builtin_options"] = loop(condition: 1, body: 0)
        }
      }
    },
  ]

  private static func loop(condition: Int64, body: Int64) -> FieldValue {
    .union(
      code: 93,
      Record(
        "WhileOptions",
        [
          Record.Field(name: "cond_subgraph_index", value: .integer(condition)),
          Record.Field(name: "body_subgraph_index", value: .integer(body)),
        ]))
  }

  private static func quantization(scales: Int, zeroPoints: Int, axis: Int64) -> FieldValue {
    .record(
      Record(
        "QuantizationParameters",
        [
          Record.Field(name: "scale", value: .reals([Double](repeating: 1, count: scales))),
          Record.Field(name: "zero_point", value: .integers([Int64](repeating: 0, count: zeroPoints))),
          Record.Field(name: "quantized_dimension", value: .integer(axis)),
        ]))
  }
}
