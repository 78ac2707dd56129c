import GraphIR
import Operators
import Tensors

/// What several kernels of the signal library allocate.
extension KernelSite {
  /// A number of the custom options that counts something; 0 where they have none.
  func signalOption(_ key: String) -> Int {
    guard let options = try? FlexBufferMap(node.customOptions?.bytes ?? []) else { return 0 }
    return max(0, min(options.integer(key), 1 << 24))
  }

  /// A queue of samples: its structure, and every sample twice.
  func circularBufferBytes(_ capacity: Int) -> Int {
    let structure: StructureSize = StructureSize(40, 24)
    return structure[target.abi].saturatingAdd(.product(4, capacity))
  }

  /// A queue for every row of the input, and two tables of them.
  func circularBuffers(of capacity: Int) -> [PrepareStep] {
    guard let input = self[.input(0)]?.shape else { return [] }
    let rows = input.elementCount / max(1, input.dimensions.last ?? 1)
    let table = PrepareStep.persistent(.product(rows, target.abi.pointerBytes))
    return [table, table]
      + [PrepareStep](repeating: .persistent(circularBufferBytes(capacity)), count: min(rows, 1 << 16))
  }

  /// SignalRfft and SignalIrfft: KissFFT's tables, and a row filled up with zeros before it is transformed.
  func realTransform(isInverse: Bool) -> [PrepareStep] {
    let length = signalOption("fft_length")
    let type = self[.input(0)]?.elementType
    let width = type == .int16 ? 2 : 4
    let size = length / 2
    // Two numbers for each point; sizes, direction and factors in front of the first table.
    let tables = 264 + 2 * width * size + 2 * width * (size * 3 / 2)
    var bytes = tables + 3 * target.abi.pointerBytes
    if isInverse, type == .float32 { bytes += 2 * target.abi.pointerBytes }
    let steps = [PrepareStep.persistent(bytes)] + temporaries(.input(0), .output(0))
    return isInverse ? steps : steps + [.scratch(.product(width, length))]
  }
}
