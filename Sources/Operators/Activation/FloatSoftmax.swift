import Foundation

/// Softmax of a row of floats.
struct FloatSoftmax: RowFunction {
  let beta: Float

  @unsafe
  func apply(_ row: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, count: Int) {
    var maximum = -Float.greatestFiniteMagnitude
    for index in 0..<count {
      let x = unsafe row[index]
      maximum = maximum < x ? x : maximum
    }
    var sum: Float = 0
    for index in 0..<count {
      let power = unsafe exp((row[index] - maximum) * beta)
      unsafe output[index] = power
      sum += power
    }
    for index in 0..<count { unsafe output[index] /= sum }
  }
}
