import Tensors

extension Shape {
  /// Loops over all elements, in order, which stand at other distances in the target.
  func axes(target strides: [Int]) -> [AffineCopy.Axis] {
    zip(dimensions, zip(self.strides, strides)).map {
      AffineCopy.Axis(count: $0, source: $1.0, target: $1.1)
    }
  }

  /// Loops over all elements, in order, which stand at other distances in the source.
  func axes(source strides: [Int]) -> [AffineCopy.Axis] {
    zip(dimensions, zip(strides, self.strides)).map {
      AffineCopy.Axis(count: $0, source: $1.0, target: $1.1)
    }
  }

  /// The place in a dense tensor of the element at an index of each axis.
  func offset(of indices: [Int]) -> Int {
    zip(indices, strides).reduce(0) { $0 &+ $1.0 &* $1.1 }
  }
}
