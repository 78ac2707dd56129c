import GraphIR
import Striping
import Tensors

/// About how many bytes a loop over stripes takes, before it is written and planned.
///
/// Kept rows stand where they are all the time; a map's other rows live from the layer that makes them to the last that
/// reads them. Joined and split tensors take no bytes beside their parts.
struct StripeEstimate {
  let bytes: Int

  init(_ striped: StripedRun, _ plan: StripePlan, _ source: StripeSource, in graph: Graph) {
    let run = plan.run
    let sinkBytes = run.maps[run.sink].height * run.maps[run.sink].rowBytes
    var fixed =
      source.isUnderResult ? max(source.bytes, sinkBytes) : source.bytes.roundedUp(to: 16) + sinkBytes
    let vectorCount = 1 + run.consumers(of: 0).count
    fixed = fixed.roundedUp(to: 16) + 32 + 16 * vectorCount
    let rowBytes = run.maps.indices.map { striped.keptRowBytes(of: $0, in: graph) }
    for map in plan.maps.indices.dropFirst().dropLast() {
      fixed += (plan.maps[map].keptRows * rowBytes[map]).roundedUp(to: 16)
      fixed += plan.mostBorderRows(of: map) * 16
    }
    /// Bytes of rows that are not kept, by map.
    var live = [Int](repeating: 0, count: plan.maps.count)
    var most = 0
    for layer in run.layers.indices {
      var copies = 0
      for map in Set(run.layers[layer].inputs).sorted() {
        let copy = Self.copyBytes(of: map, for: layer, striped, plan, graph)
        copies += copy
        if copy > 0, map > 0 {
          most = max(most, live.reduce(0, +) + copies)
          if run.consumers(of: map).last == layer { live[map] = 0 }
        }
      }
      let made = plan.maps[layer + 1].freshRows * run.maps[layer + 1].rowBytes
      most = max(most, live.reduce(0, +) + copies + made)
      for map in run.layers[layer].inputs where run.consumers(of: map).last == layer { live[map] = 0 }
      guard layer + 1 < run.sink else { continue }
      let border = plan.mostBorderRows(of: layer + 1) > 0 ? 1 : 0
      live[layer + 1] = (plan.maps[layer + 1].freshRows + border) * rowBytes[layer + 1]
      most = max(most, live.reduce(0, +))
    }
    bytes = fixed + most
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
