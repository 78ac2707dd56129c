/// The sum of floats, in the tensor's order.
struct FloatTotal: ReductionFunction {
  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    reduction.accumulate(
      arguments.input(0, Float.self), into: arguments.output(0, Float.self), initial: 0, +)
  }
}

/// The sum of integers, which wraps.
struct IntegerTotal<Element: KernelInteger>: ReductionFunction {
  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    reduction.accumulate(
      arguments.input(0, Element.self), into: arguments.output(0, Element.self), initial: 0, &+)
  }
}
