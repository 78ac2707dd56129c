import GraphIR
import Striping
import Tensors

/// About how many bytes a loop over stripes takes, before it is written and planned.
///
/// Kept rows stand where they are all the time; a map's other rows live from the layer that makes them to the last that
/// reads them. Joined and split tensors take no bytes beside their parts.
struct StripeEstimate {
  let bytes: Int
  /// About how many bytes of tail it takes on a 32-bit target beside its layers.
  let tailBytes: Int
  /// The layer at which most bytes are in use.
  let peakLayer: Int

  /// Rows of padding before the first turn are a constant of the file up to so many bytes: FILL with its constants takes
  /// 130 bytes of the file, and 50 of the tail on a 32-bit target, 100 on a 64-bit one.
  static let constantByteLimit = 512

  init(_ striped: StripedRun, _ source: StripeSource, _ form: StripeForm, in graph: Graph) {
    let plan = source.plan
    let run = plan.run
    let sinkBytes = run.maps[run.sink].height * run.maps[run.sink].rowBytes
    var fixed =
      source.result.isOnSource ? max(source.bytes, sinkBytes) : source.bytes.roundedUp(to: 16) + sinkBytes
    let vectorCount = 1 + run.consumers(of: 0).count
    fixed = fixed.roundedUp(to: 16) + 32 + 16 * vectorCount
    let rowBytes = run.maps.indices.map { striped.keptRowBytes(of: $0, in: graph) }
    for map in plan.maps.indices.dropFirst().dropLast() {
      fixed += (plan.maps[map].keptRows * rowBytes[map]).roundedUp(to: 16)
      fixed += (form.isMasked[map] ? 1 : plan.mostBorderRows(of: map)) * 16
    }
    /// Bytes of rows that are not kept, by map.
    var live = [Int](repeating: 0, count: plan.maps.count)
    var (most, peak) = (0, 0)
    func note(_ bytes: Int, at layer: Int) {
      if bytes > most { (most, peak) = (bytes, layer) }
    }
    for layer in run.layers.indices {
      var copies = 0
      for map in Set(run.layers[layer].inputs).sorted() {
        let copy = Self.copyBytes(of: map, for: layer, striped, plan, graph)
        copies += copy
        if copy > 0, map > 0 {
          note(live.reduce(0, +) + copies, at: layer)
          if run.consumers(of: map).last == layer { live[map] = 0 }
        }
      }
      let made = plan.maps[layer + 1].freshRows * run.maps[layer + 1].rowBytes
      note(live.reduce(0, +) + copies + made, at: layer)
      for map in run.layers[layer].inputs where run.consumers(of: map).last == layer { live[map] = 0 }
      guard layer + 1 < run.sink else { continue }
      let border = plan.mostBorderRows(of: layer + 1) > 0 && !form.isMasked[layer + 1] ? 1 : 0
      let (whole, fresh) = (plan.maps[layer + 1].rows + border, plan.maps[layer + 1].freshRows)
      // Rows that are not one piece each are joined by a copy, and the last is dropped by another.
      if whole > fresh, !striped.isContiguous(layer + 1, in: graph) {
        note(live.reduce(0, +) + (whole + fresh) * rowBytes[layer + 1], at: layer)
        note(live.reduce(0, +) + (2 * whole - 1) * rowBytes[layer + 1] * border, at: layer)
        live[layer + 1] = (whole - border) * rowBytes[layer + 1]
      } else {
        live[layer + 1] = (fresh + border) * rowBytes[layer + 1]
      }
      note(live.reduce(0, +), at: layer)
    }
    bytes = fixed + most
    peakLayer = peak
    tailBytes = Self.tailBytes(striped, source, form, in: graph)
  }

  /// An operator takes 32 bytes, a tensor 12; PAD keeps 56 more, MUL and CONCATENATION about 48 and 32.
  private static func tailBytes(
    _ striped: StripedRun, _ source: StripeSource, _ form: StripeForm, in graph: Graph
  ) -> Int {
    let plan = source.plan
    let (node, tensor) = (32, 12)
    var bytes = source.result.isMoving ? 400 : 500
    if striped.needsPadding(source) { bytes += node + 2 * tensor + 64 }
    for map in plan.maps.indices.dropFirst().dropLast() {
      let (isKept, borders) = (plan.maps[map].keptRows > 0, plan.mostBorderRows(of: map))
      // Tensors of three graphs, SLICE with its index; FILL with two constants.
      if isKept { bytes += node + 6 * tensor }
      if plan.maps[map].keptRows * striped.keptRowBytes(of: map, in: graph) > constantByteLimit {
        bytes += node + 2 * tensor
      }
      if striped.sharedColumns(of: map) != (0, 0) { bytes += node + 2 * tensor + 64 }
      if isKept || borders > 0 && !form.isMasked[map] { bytes += node + tensor + 32 }
      guard borders > 0 else { continue }
      // SLICE and MUL; or a row of padding, one index and DYNAMIC_UPDATE_SLICE each, and SPLIT_V.
      bytes += form.isMasked[map] ? 2 * node + 3 * tensor + 48 : 2 * node + 4 * tensor + 4
      if !form.isMasked[map] { bytes += borders * (node + 2 * tensor) - node }
    }
    for layer in plan.run.layers.indices {
      for map in Set(plan.run.layers[layer].inputs) {
        guard copyBytes(of: map, for: layer, striped, plan, graph) > 0 else { continue }
        let isPadded = striped.layers[layer].hasColumns && striped.sharedColumns(of: map) == (0, 0)
        bytes += node + 3 * tensor + (isPadded ? node + 2 * tensor + 64 : 0)
      }
    }
    return bytes
  }

  /// Bytes of the rows that a layer reads where they stand apart from their map: a part of it, or with padding.
  private static func copyBytes(
    of map: Int, for layer: Int, _ striped: StripedRun, _ plan: StripePlan, _ graph: Graph
  ) -> Int {
    let own = striped.layers[layer].left + striped.layers[layer].right
    let shared = striped.sharedColumns(of: map)
    let isNarrower = striped.dropsColumns(of: map, for: layer)
    let columns = isNarrower ? 0 : max(own, shared.left + shared.right)
    let reading = plan.reading(layer)
    let isPadded = own > 0 && shared == (0, 0)
    guard isPadded || isNarrower || map == 0 || reading.first != plan.maps[map].first else { return 0 }
    return reading.rows * striped.rowBytes(of: map, columns, in: graph)
  }
}
