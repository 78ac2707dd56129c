/// One spatial axis of a convolution or pool: taps, stride, dilation and padding.
package struct Window: Sendable, Equatable {
  package let input: Int
  package let output: Int
  package let taps: Int
  package let stride: Int
  package let dilation: Int
  /// Elements of padding before the input (`ComputePadding`; the odd one goes behind).
  package let paddingBefore: Int

  /// - Throws: `invalidShape` where a stride, dilation or tap count is not positive, or any number beyond what files hold.
  package init(
    input: Int, output: Int, taps: Int, stride: Int, dilation: Int = 1
  ) throws(KernelError) {
    guard stride > 0, dilation > 0, taps > 0 else {
      throw .invalidShape("stride \(stride), dilation \(dilation) and filter size \(taps) must be positive")
    }
    guard Self.areCountable(input, output, taps, stride, dilation) else {
      throw .invalidShape("stride \(stride), dilation \(dilation) or filter size \(taps) is beyond 2³¹")
    }
    self.input = input
    self.output = output
    self.taps = taps
    self.stride = stride
    self.dilation = dilation
    let extent = (taps - 1) * dilation + 1
    paddingBefore = max(0, (output - 1) * stride + extent - input) / 2
  }

  /// The size of the output that an option record's `padding` gives.
  package static func outputSize(input: Int, taps: Int, stride: Int, dilation: Int, isSame: Bool) -> Int {
    guard stride > 0, areCountable(input, taps, stride, dilation) else { return 0 }
    let extent = (taps - 1) * dilation + 1
    return isSame ? (input + stride - 1) / stride : (input + stride - extent) / stride
  }

  /// Whether the numbers have 32 bits, as in files, so that sums of products of two are within `Int`.
  private static func areCountable(_ numbers: Int...) -> Bool {
    numbers.allSatisfy { Int32(exactly: $0) != nil }
  }

  /// The taps that meet the input at an output position, as a range.
  @inline(__always)
  package func validTaps(at position: Int) -> Range<Int> {
    let origin = position * stride - paddingBefore
    let first = origin < 0 ? (-origin + dilation - 1) / dilation : 0
    let room = input - origin
    let end = room <= 0 ? 0 : min(taps, (room + dilation - 1) / dilation)
    return first..<max(first, end)
  }
}
