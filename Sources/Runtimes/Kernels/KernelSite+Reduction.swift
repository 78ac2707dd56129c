import Tensors

extension KernelSite {
  /// MEAN and SUM: integers have an accumulator for every output element.
  func meanOrSum() -> [PrepareStep] {
    guard let input = self[.input(0)], let output = self[.output(0)] else { return [] }
    let accumulators: [PrepareStep] = input.isNarrowInteger ? [.scratch(4 * output.elementCount)] : []
    return temporaries(.input(0), .output(0), .input(1)) + accumulators + indexScratch() + rescaling()
  }

  /// REDUCE_MAX, REDUCE_MIN and REDUCE_ALL.
  func reduction() -> [PrepareStep] {
    temporaries(.input(0), .output(0), .input(1)) + rescaling() + indexScratch()
  }

  /// The running index, and the axes without repetition.
  private func indexScratch() -> [PrepareStep] {
    [.scratch(4 * (self[.input(0)]?.rank ?? 0)), .scratch(4 * (self[.input(1)]?.elementCount ?? 0))]
  }

  private func rescaling() -> [PrepareStep] {
    let isByte = self[.input(0)]?.elementType == .int8
    return temporaries(.input(0), .input(1)) + (isByte ? temporaries(.output(0)) : [])
  }
}
