import GraphIR
import Tensors

extension TFLMOperator {
  static let signalOverlapAdd = TFLMOperator(
    custom: "SignalOverlapAdd", method: ResolverMethod("AddOverlapAdd", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(32, 24)) { $0.overlapAdd() }),
    overlap: .none(because: "its results take less than it reads, at other places"),
    types: .only([
      KernelTypes(.input(0), .output(0), accept: [[.int16, .int16], [.float32, .float32]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// Sums of a frame for every stream.
  fileprivate func overlapAdd() -> [PrepareStep] {
    let inspected = temporaries(.input(0), .output(0))
    guard let input = self[.input(0)], let shape = input.shape, shape.rank >= 2 else { return inspected }
    let (size, frames) = (shape[shape.rank - 1], shape[shape.rank - 2])
    let streams = shape.elementCount / max(1, size * frames)
    let bytes = Int.product(size, (input.elementType.bitWidth ?? 0) / 8)
    return inspected + [.persistent(.product(streams, target.abi.pointerBytes))]
      + [PrepareStep](repeating: .persistent(bytes), count: min(streams, 1 << 16))
  }
}
