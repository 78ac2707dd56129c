import GraphIR
import Tensors
import _TestSupport

/// Networks in the shapes of published ones, with random weights: what planning meets outside of benchmarks.
enum RealShapes {
  static var all: [(title: String, model: () -> Model)] {
    [
      ("PNet", pnet), ("hand landmarks", handLandmarks), ("pose", pose), ("face landmarks", faceLandmarks),
      ("HRNet, 96 pixels", highResolution), ("DeepLabV3", deepLab), ("NASNet mobile", nasnet),
      ("residual quantizer", quantizer), ("DenseNet-121", { denseNet([6, 12, 24, 16]) }),
      ("DenseNet-201", { denseNet([6, 12, 48, 32]) }), ("vision transformer", transformer),
      ("heads by slices", slicedHeads), ("EfficientDet", efficientDet), ("U-Net++", nestedUNet),
      ("ShuffleNetV2", shuffleNet), ("Inception-ResNet", inceptionResNet), ("control flow", controlFlow),
    ]
  }

  /// MTCNN's first net with PRELU written out: few large operators (Zhang et al. 2016).
  static func pnet() -> Model {
    var sketch = LayerSketch()
    func parametric(_ x: ValueID) -> ValueID {
      let positive = sketch.map(.relu, x)
      let negative = sketch.map(.relu, sketch.map(.neg, x))
      return sketch.add(positive, sketch.scaled(.mul, negative))
    }
    var x = parametric(sketch.conv(sketch.image(320), 10, activation: 0))
    x = parametric(sketch.conv(sketch.pool(x), 16, activation: 0))
    x = parametric(sketch.conv(x, 32, activation: 0))
    let scores = sketch.net.softmax(sketch.conv(x, 2, 1, activation: 0))
    return sketch.model([scores, sketch.conv(x, 4, 1, activation: 0)])
  }

  private static func mobileBackbone(_ sketch: inout LayerSketch, _ size: Int32, _ depths: [Int32])
    -> [ValueID]
  {
    var x = sketch.conv(sketch.image(size), 16, stride: 2)
    var levels: [ValueID] = []
    for depth in depths {
      x = sketch.inverted(x, depth, stride: 2)
      for _ in 0..<3 { x = sketch.inverted(x, depth) }
      levels.append(x)
    }
    return levels
  }

  /// A pyramid of features, summed on the way up, and four heads.
  static func handLandmarks() -> Model {
    var sketch = LayerSketch()
    let levels = mobileBackbone(&sketch, 224, [16, 24, 40, 80])
    var top = levels[3]
    for level in levels.dropLast().reversed() {
      let wide = sketch.resized(sketch.conv(top, sketch.channels(level), 1), sketch.shape(level)[1])
      top = sketch.separable(sketch.add(wide, level), sketch.channels(level))
    }
    for level in levels.dropFirst() {
      top = sketch.add(sketch.separable(top, sketch.channels(level), stride: 2), level)
      for _ in 0..<2 { top = sketch.inverted(top, sketch.channels(level)) }
    }
    let vector = sketch.net.mean(top)
    let heads = [63, 1, 1, 63].map { sketch.net.dense(vector, to: $0) }
    return sketch.model([
      heads[0], sketch.map(.logistic, heads[1]), sketch.map(.logistic, heads[2]), heads[3],
    ])
  }

  /// An encoder and a decoder whose levels are joined, with heat maps, a mask and coordinates.
  static func pose() -> Model {
    var sketch = LayerSketch()
    let levels = mobileBackbone(&sketch, 256, [24, 32, 48, 96, 160])
    var top = levels[4]
    var ups: [ValueID] = []
    for level in levels.dropLast().reversed() {
      let size = sketch.shape(level)[1]
      let up = sketch.resized(sketch.conv(top, 32, 1), size)
      top = sketch.add(sketch.separable(up, 32), sketch.conv(level, 32, 1), activation: 1)
      ups.append(top)
    }
    let heat = sketch.conv(sketch.separable(top, 16), 39, 1, activation: 0)
    let mask = sketch.map(
      .logistic, sketch.conv(sketch.resized(sketch.separable(top, 8), 128), 1, 1, activation: 0))
    var down = top
    for (level, up) in zip(levels.dropFirst(), ups.reversed().dropFirst() + [levels[4]]) {
      let size = sketch.channels(level)
      let narrowed = sketch.separable(down, size, stride: 2)
      down = sketch.add(sketch.add(narrowed, level), sketch.conv(up, size, 1))
      down = sketch.inverted(down, size)
    }
    let points = sketch.net.dense(sketch.net.mean(down), to: 195)
    return sketch.model([points, mask, heat])
  }

  /// Residual blocks with PRELU, whose short cuts are pooled and padded, and two outputs.
  static func faceLandmarks() -> Model {
    var sketch = LayerSketch()
    func parametric(_ x: ValueID) -> ValueID {
      let slopes = (0..<sketch.channels(x)).map { _ in sketch.net.normal() }
      let slope = sketch.net.floats([1, 1, sketch.channels(x)], slopes)
      return sketch.net.node(.prelu, [x, slope], sketch.shape(x))
    }
    var x = parametric(sketch.conv(sketch.image(192), 16, stride: 2, activation: 0))
    for (depth, count) in [(16, 6), (32, 7), (64, 7), (128, 7), (128, 7)] as [(Int32, Int)] {
      for block in 0..<count {
        let isFirst = block == 0 && x != ValueID(0)
        let deep = sketch.net.depthwise(sketch.conv(x, depth / 2, 1), stride: isFirst ? 2 : 1)
        let thin = sketch.conv(deep, depth, 1, activation: 0)
        var short = isFirst ? sketch.pool(x) : x
        if sketch.channels(short) < depth {
          short = sketch.padded(short, channels: depth - sketch.channels(short))
        }
        x = parametric(sketch.add(short, thin))
      }
    }
    let points = sketch.conv(x, 1404 / 9, 1, activation: 0)
    let score = sketch.net.dense(sketch.net.mean(x), to: 1)
    return sketch.model([points, sketch.map(.logistic, score)])
  }

  /// Branches of four resolutions that give each other what they have (Sun et al. 2019).
  static func highResolution() -> Model {
    var sketch = LayerSketch()
    var branches = [sketch.conv(sketch.conv(sketch.image(96), 16, stride: 2), 16, stride: 2)]
    for stage in 1..<4 {
      branches.append(sketch.conv(branches[stage - 1], Int32(16) << Int32(stage), stride: 2))
      for index in branches.indices {
        for _ in 0..<2 {
          let inner = sketch.conv(branches[index], sketch.channels(branches[index]))
          branches[index] = sketch.add(
            branches[index], sketch.conv(inner, sketch.channels(inner), activation: 0), activation: 1)
        }
      }
      let before = branches
      for target in branches.indices {
        for source in before.indices where source != target {
          var moved = before[source]
          if source > target {
            moved = sketch.resized(
              sketch.conv(moved, sketch.channels(before[target]), 1, activation: 0),
              sketch.shape(before[target])[1])
          } else {
            for step in source..<target {
              let depth = sketch.channels(before[step + 1])
              moved = sketch.conv(
                moved, step + 1 == target ? sketch.channels(before[target]) : depth, stride: 2)
            }
          }
          branches[target] = sketch.add(branches[target], moved)
        }
        branches[target] = sketch.map(.relu, branches[target])
      }
    }
    let size = sketch.shape(branches[0])[1]
    let joined = [branches[0]] + branches.dropFirst().map { sketch.resized($0, size) }
    return sketch.model([sketch.conv(sketch.concat(joined), 19, 1, activation: 0)])
  }

  /// Atrous pyramid pooling behind a mobile backbone (Chen et al. 2018).
  static func deepLab() -> Model {
    var sketch = LayerSketch()
    let x = mobileBackbone(&sketch, 257, [16, 24, 48, 96])[3]
    let size = sketch.shape(x)[1]
    let image = sketch.resized(sketch.conv(sketch.mean(sketch.mean(x, 1), 2), 64, 1), size)
    let parts = [Int32(1), 6, 12, 18].map { rate in
      rate == 1
        ? sketch.conv(x, 64, 1) : sketch.conv(sketch.net.depthwise(x, dilation: rate), 64, 1)
    }
    let joined = sketch.conv(sketch.concat(parts + [image]), 64, 1)
    return sketch.model([sketch.resized(sketch.conv(joined, 21, 1, activation: 0), 257)])
  }
}
