import GraphIR
import Operators
import Tensors

extension TFLMOperator {
  /// Its results are activations: they lie in the arena. No memory for decoded tensors outside of it is counted, which
  /// an application may give (`SetDecompressionMemory`).
  static let decode = TFLMOperator(
    custom: "TFLM_DECODE", method: ResolverMethod("AddDecode", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile { $0.decoding() }),
    overlap: .none(because: "its operands are constants"),
    types: .only([
      KernelTypes(.bool, .float32, .int8, .int16, .int32, .int64, of: .output(0))
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// A list of pointers, and for each pair of operands the state of its decoder.
  fileprivate func decoding() -> [PrepareStep] {
    let count = node.outputs.count
    var steps: [PrepareStep] = [.persistent(.product(count, target.abi.pointerBytes))]
    for position in 0..<count {
      steps += temporaries(.input(2 * position), .input(2 * position + 1), .output(position))
      guard let ancillary = self[.input(2 * position + 1)], let result = self[.output(position)],
        let coding = try? WeightCoding(ancillary: ancillary.data.bytes)
      else { continue }
      steps.append(.persistent(Self.stateSize(of: coding)[target.abi]))
      if coding == .mask { steps += copiedZeroPoints(of: result) }
    }
    return steps
  }

  private static func stateSize(of coding: WeightCoding) -> StructureSize {
    switch coding {
    case .lookup: StructureSize(72, 36)
    case .huffman: StructureSize(56, 28)
    case .mask: StructureSize(80, 40)
    }
  }

  /// The decoder of masks keeps zero points of channels where one is not 0.
  private func copiedZeroPoints(of result: Value) -> [PrepareStep] {
    let channels = result.quantizedChannelCount
    guard channels > 1, result.quantization?.zeroPoints?.contains(where: { $0 != 0 }) == true else {
      return []
    }
    return [.persistent(channels)]
  }
}
