import Execution
import GraphIR
import Tensors

/// Samples made of others, to which the original answers anew, so that few samples go far: images that are
/// shifted by a pixel, and mirrored where the original answers to mirror images much the same; of what is no image
/// mixtures of two samples (after Zhang et al. 2018).
struct SampleVariants: Sendable {
  /// Height, width and channels of an input that is an image; nil for others.
  private let images: [(height: Int, width: Int, depth: Int)?]

  /// Whether a half of the images is mirrored.
  private(set) var mirrors = false
  /// Whether two samples become one: images do better alone.
  var mixes: Bool { images.contains { $0 == nil } }

  /// Pixels that images are shifted by at most.
  private static let shift = 1
  /// How far answers to mirror images may lie from those to the images, in parts of the answers' variance. It was
  /// 0.13 for a net that had been trained with mirrored photographs, and 0.30 to 0.60 for six that had not.
  private static let mirrorLimit = 0.2
  /// Samples that are mirrored to find out.
  private static let mirrorSamples = 128

  init(_ graph: Graph) {
    images = graph.inputs.compactMap(\.self).map { id in
      guard let shape = graph[id].shape, shape.rank == 4, shape[0] == 1, shape[3] <= 4 else { return nil }
      return (shape[1], shape[2], shape[3])
    }
  }

  /// Mirrors from now on, where the original hardly sees a difference.
  mutating func mirrorIfAlike(
    _ targets: OutputTargets, _ samples: FittingSamples, runner: ParallelRunner
  ) throws(RunError) {
    guard images.contains(where: { $0 != nil }), targets.count > 0 else { return }
    let plain = self
    let errors = try runner.mapLanes(
      count: min(Self.mirrorSamples, targets.count), makeWorker: { targets.graph.makeMemory() },
      body: { (memory: GradientMemory, range: [Int]) throws(RunError) -> [Double] in
        let numbers = try samples.numbers(range)
        targets.graph.forward(memory, numbers.map(plain.mirrored))
        return targets.errors(targets.graph, memory, from: range.map { targets.answers[$0] })
      })
    mirrors = errors.reduce(0, +) <= Self.mirrorLimit * Double(errors.count)
  }

  /// - Parameter seed: what the choice depends on, and nothing else.
  func variant(of sample: [[Float]], and other: [[Float]], seed: UInt64) -> [[Float]] {
    var words = SeededRandom(seed: seed &* 0xD1B5_4A32_D192_ED03)
    let own = moved(sample, &words)
    guard mixes else { return own }
    let second = moved(other, &words)
    let share = Float(words.next() & 0xFF) / 256
    return zip(own, second).map { own, second in
      zip(own, second).map { share * $0 + (1 - share) * $1 }
    }
  }

  private func moved(_ sample: [[Float]], _ words: inout SeededRandom) -> [[Float]] {
    let range = UInt64(2 * Self.shift + 1)
    let down = Int(words.next() % range) - Self.shift
    let right = Int(words.next() % range) - Self.shift
    let source = mirrors && words.next() & 1 == 1 ? mirrored(sample) : sample
    return zip(source, images).map { numbers, image in
      guard let image, down != 0 || right != 0 else { return numbers }
      return Self.shifted(numbers, image, down: down, right: right)
    }
  }

  /// A sample whose images have left and right exchanged.
  func mirrored(_ sample: [[Float]]) -> [[Float]] {
    zip(sample, images).map { numbers, image in
      guard let image else { return numbers }
      var result: [Float] = []
      result.reserveCapacity(numbers.count)
      for row in 0..<image.height {
        for column in (0..<image.width).reversed() {
          let pixel = (row * image.width + column) * image.depth
          result += numbers[pixel..<pixel + image.depth]
        }
      }
      return result
    }
  }

  /// An image whose edges are repeated where pixels are missing.
  static func shifted(
    _ numbers: [Float], _ image: (height: Int, width: Int, depth: Int), down: Int, right: Int
  ) -> [Float] {
    let (height, width, depth) = image
    var result: [Float] = []
    result.reserveCapacity(numbers.count)
    for row in 0..<height {
      let line = min(max(row - down, 0), height - 1) * width
      for column in 0..<width {
        let pixel = (line + min(max(column - right, 0), width - 1)) * depth
        result += numbers[pixel..<pixel + depth]
      }
    }
    return result
  }
}
