import Tensors

/// Copies from operands to results, one after another: what most operators that move elements come down to.
struct AffineCopies: Kernel {
  struct Route: Sendable {
    /// The operand's position.
    var input = 0
    /// The result's position.
    var output = 0
    let copy: AffineCopy
  }

  /// The bytes of the element that result 0 is filled with before; nil where the copies write all of it.
  var filling: [UInt8]?
  let routes: [Route]

  init(_ routes: [Route], filling: [UInt8]? = nil) {
    self.routes = routes
    self.filling = filling
  }

  /// A single copy, from operand 0 to result 0.
  init(_ copy: AffineCopy) { self.init([Route(copy: copy)]) }

  func run(_ arguments: KernelArguments) {
    if let filling { arguments.outputs[0].fill(repeating: filling) }
    for route in routes {
      guard let source = arguments.inputs[route.input] else { continue }
      route.copy.run(from: source, to: arguments.outputs[route.output])
    }
  }
}
