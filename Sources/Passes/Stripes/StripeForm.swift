import GraphIR
import Striping
import Tensors

/// How a run is written: of several ways to the same rows, those that a TFLM has, or that take fewer bytes.
struct StripeForm: Equatable {
  /// By map: whether rows of padding are made by a mask over the new rows, instead of by writing a row of padding over
  /// them, for which there must be a row behind them that may be written when none is due.
  var isMasked: [Bool]

  /// An operator and the numbers with which it leaves a row as it is, or makes padding of it.
  struct Mask: Equatable {
    let builtin: BuiltinOperator
    let keeping: [UInt8]
    let padding: [UInt8]
    /// Whether the numbers stand for themselves, not for a map's.
    let isPlain: Bool
  }

  /// The mask of a map; nil where no operator does it to the bit.
  ///
  /// MUL by 1 of scale 1 multiplies by 2³⁰ · 2⁻³⁰, and by 0 gives the zero point. MINIMUM with the type's lowest number
  /// gives that.
  static func mask(of map: Int, in striped: StripedRun, _ graph: Graph) -> Mask? {
    let value = graph[striped.values[map]]
    if striped.fillers[map] == value.lowest {
      return Mask(builtin: .minimum, keeping: value.highest, padding: value.lowest, isPlain: false)
    }
    // A negative number times 0 is -0, which is not 0 for the larger of two.
    let isPooled = striped.run.consumers(of: map).contains {
      graph[striped.layers[$0].node].code.builtin == .maxPool2D
    }
    guard striped.isFilledWithZeros(map, in: graph), !(isPooled && value.elementType == .float32) else {
      return nil
    }
    let one: [UInt8]
    switch value.elementType {
    case .float32: one = [0, 0, 0x80, 0x3f]
    case .int16: one = [1, 0]
    default: one = [1]
    }
    return Mask(
      builtin: .mul, keeping: one, padding: one.map { _ in 0 }, isPlain: value.elementType != .float32)
  }
}

extension Value {
  /// The number above which the type has none, as bytes.
  fileprivate var highest: [UInt8] {
    switch elementType {
    case .float32: [0xff, 0xff, 0x7f, 0x7f]
    case .int16: [0xff, 0x7f]
    default: [0x7f]
    }
  }
}
