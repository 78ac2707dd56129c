package import GraphIR

/// Models as Arm's compiler Vela writes them: operators `ethos-u`, and PAD on the processor between them.
package enum VelaModels {
  /// How Vela has laid out the scratch memory.
  package enum Memory: String, Sendable, CaseIterable {
    /// One tensor as both operands, as of Vela 5.
    case oneTensor
    /// Two tensors of one size at one offset, as of Vela 2 to 4.
    case twoTensors
    /// Fast memory apart: Dedicated_Sram.
    case dedicated
  }

  package static let scratchBytes: Int32 = 4_096
  package static let fastBytes: Int32 = 6_000
  /// A FlexBuffer with the number 1, which marks a command stream for an Ethos-U.
  package static let options = Node.CustomOptions(bytes: [1, 4, 1])

  /// x → ethos-u → a → PAD → b → ethos-u → c … → y.
  ///
  /// - Parameters:
  ///   - count: operators of the NPU.
  ///   - hasPlan: whether the file has the offsets.
  package static func model(_ count: Int = 1, _ memory: Memory = .twoTensors, hasPlan: Bool = true)
    -> Model
  {
    var builder = GraphBuilder()
    var offsets: [Int32] = []
    func placed(_ id: ValueID, _ offset: Int32) -> ValueID {
      offsets.append(offset)
      return id
    }
    let weights = placed(builder.constant("weights", [64], .uint8), -1)
    let paddings = placed(
      builder.constant("paddings", [2, 2], .int32, bytes: [UInt8](repeating: 0, count: 16)), -1)
    let scratch = placed(builder.value("scratch", [scratchBytes], .uint8), 0)
    let fast =
      memory == .oneTensor
      ? scratch
      : placed(
        builder.value("scratch_fast", [memory == .dedicated ? fastBytes : scratchBytes], .uint8), 0)
    var last = placed(builder.input("x", [1, 1_000]), 512)
    for number in 0..<max(count, 1) {
      let stream = placed(builder.constant("stream\(number)", [100], .uint8), -1)
      let result = placed(builder.value("a\(number)", [1, 1_000]), number % 2 == 0 ? 0 : 2_048)
      builder.node(
        .custom, [stream, weights, scratch, fast, last], [result], customName: "ethos-u",
        customOptions: options)
      last = result
      guard number + 1 < count else { continue }
      let padded = placed(builder.value("b\(number)", [1, 1_000]), number % 2 == 0 ? 2_048 : 0)
      builder.node(.pad, [last, paddings], [padded])
      last = padded
    }
    builder.outputs([last])
    var model = Model(graphs: [builder.graph])
    guard hasPlan else { return model }
    let words = [0, 1, Int32(offsets.count)] + offsets
    var edit = ModelEdit(of: model)
    edit.setMetadata(
      "OfflineMemoryAllocation",
      words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    model.apply(edit)
    return model
  }
}
