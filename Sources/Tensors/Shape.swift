/// The dimensions of a tensor, outermost first. A scalar has none.
package struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// Dimension sizes; never negative.
  package let dimensions: [Int]

  /// Elements in a dense tensor of this shape; 1 for a scalar.
  package let elementCount: Int

  /// - Returns: nil where a dimension is negative or the element count does not fit in `Int`.
  package init?(_ dimensions: [Int]) {
    var count = 1
    for dimension in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { return nil }
      count = product
    }
    self.dimensions = dimensions
    self.elementCount = count
  }

  package init(arrayLiteral elements: Int...) {
    guard let shape = Shape(elements) else {
      preconditionFailure("a literal shape is positive and small: \(elements)")
    }
    self = shape
  }

  package var rank: Int { dimensions.count }

  package subscript(axis: Int) -> Int { dimensions[axis] }
}

extension Shape: CustomStringConvertible {
  /// `1×96×96×3`, or `scalar`.
  package var description: String {
    dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: "×")
  }
}
