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

  func cumulativeSum() -> [PrepareStep] {
    let isByte = self[.output(0)]?.elementType == .int8
    return temporaries(.input(0), .input(1), .output(0)) + (isByte ? [late(LateStructure.cumulativeSum)] : [])
  }

  /// ADD_N keeps a pointer to every input.
  func addN() -> [PrepareStep] {
    var steps = temporaries(.input(0), .output(0))
    for position in node.inputs.indices.dropFirst() { steps += temporaries(.input(position)) }
    if self[.output(0)]?.elementType == .int8 { steps.append(late(LateStructure.addN)) }
    return steps + [.scratch(target.abi.pointerBytes * node.inputs.count)]
  }

  func logSoftmax() -> [PrepareStep] {
    let isByte = self[.input(0)]?.elementType == .int8
    return temporaries(.input(0), .output(0)) + (isByte ? [late(LateStructure.logSoftmax)] : [])
  }

  func softmax() -> [PrepareStep] {
    let isShort = self[.input(0)]?.elementType == .int16
    let tables = [PrepareStep](repeating: late(LateStructure.softmaxTable), count: isShort ? 2 : 0)
    return temporaries(.input(0), .output(0)) + tables
  }
}
