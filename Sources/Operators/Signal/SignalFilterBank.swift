package import GraphIR
import Tensors

/// A spectrum's energies in channels that overlap by half; equals TFLM's SignalFilterBank.
///
/// Operands: uint32 energies, int16 weights and what is left of each of them to the next channel, and for every
/// channel and one in front of them where its bins start, where its weights start, and how many bins it has.
package enum SignalFilterBank: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "SignalFilterBank"

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let weights = graph.inputShape(1, of: node), let output = graph.outputShape(0, of: node) else {
      return 0
    }
    return weights.elementCount.saturatingMultiply(output.elementCount.saturatingAdd(1)).saturatingMultiply(2)
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 6...6)
    _ = try context.signalInput(0, .uint32, rank: 1)
    _ = try context.signalInput(1, .int16, rank: 1)
    _ = try context.signalInput(2, .int16, rank: 1)
    let output = try context.signalOutput(0, .uint64, rank: 1)
    let channels = try SignalOptions(context).integer("num_channels", in: 0...Int(Int32.max) - 1)
    guard output.elementCount == channels else {
      throw .invalidShape("output 0 is \(output), but num_channels is \(channels)")
    }
    for position in 3...5 {
      let shape = try context.signalInput(position, .int16, rank: 1)
      guard shape.elementCount > channels else {
        throw .invalidShape("input \(position) is \(shape), expected \(channels + 1) elements")
      }
    }
    return ChannelEnergies(channels: channels)
  }
}

private struct ChannelEnergies: Kernel {
  let channels: Int

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let energies = arguments.input(0, UInt32.self)
    let (weights, rests) = (arguments.input(1, Int16.self), arguments.input(2, Int16.self))
    let (bins, starts) = (arguments.input(3, Int16.self), arguments.input(4, Int16.self))
    let widths = arguments.input(5, Int16.self)
    let target = arguments.output(0, UInt64.self)
    var sum: UInt64 = 0
    for channel in 0...channels {
      let (bin, start, width) = (Int(bins[channel]), Int(starts[channel]), max(0, Int(widths[channel])))
      let isInside =
        width == 0
        || (bin >= 0 && start >= 0 && bin + width <= energies.count
          && start + width <= min(weights.count, rests.count))
      guard isInside else { throw .invalidData("the bins or weights of channel \(channel) do not exist") }
      var rest: UInt64 = 0
      for index in 0..<width {
        let energy = UInt64(energies[bin + index])
        sum &+= UInt64(truncatingIfNeeded: weights[start + index]) &* energy
        rest &+= UInt64(truncatingIfNeeded: rests[start + index]) &* energy
      }
      // The first is there for what it leaves to the second.
      if channel > 0 { target[channel - 1] = sum }
      sum = rest
    }
  }
}
