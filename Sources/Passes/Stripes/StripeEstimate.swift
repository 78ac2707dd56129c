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
    for map in plan.maps.indices.dropFirst().dropLast() {
      fixed += (plan.maps[map].keptRows * run.maps[map].rowBytes).roundedUp(to: 16)
      fixed += plan.mostBorderRows(of: map) * 16
    }
    /// Bytes of rows that are not kept, by map.
    var live = [Int](repeating: 0, count: plan.maps.count)
    var most = 0
    for layer in run.layers.indices {
      var copies = 0
      for map in Set(run.layers[layer].inputs).sorted() {
        let width = striped.paddedRowBytes(of: map, for: layer, in: graph)
        let reading = plan.reading(layer)
        let isPadded = width > run.maps[map].rowBytes
        let isSliced = map == 0 || reading.first != plan.maps[map].first
        if isSliced { copies += reading.rows * run.maps[map].rowBytes }
        if isPadded {
          let padded = reading.rows * width
          most = max(most, live.reduce(0, +) + copies + padded)
          copies = isSliced ? copies - reading.rows * run.maps[map].rowBytes + padded : copies + padded
        }
        if run.consumers(of: map).last == layer, isSliced || isPadded, map > 0 { live[map] = 0 }
      }
      let made = plan.maps[layer + 1].freshRows * run.maps[layer + 1].rowBytes
      most = max(most, live.reduce(0, +) + copies + made)
      for map in run.layers[layer].inputs where run.consumers(of: map).last == layer { live[map] = 0 }
      if layer + 1 < run.sink {
        let border = plan.mostBorderRows(of: layer + 1) > 0 ? run.maps[layer + 1].rowBytes : 0
        live[layer + 1] = made + border
        most = max(most, live.reduce(0, +))
      }
    }
    bytes = fixed + most
  }
}

extension StripedRun {
  /// Bytes of a map's row between the columns of padding that a layer reads.
  func paddedRowBytes(of map: Int, for layer: Int, in graph: Graph) -> Int {
    let columns = layers[layer].left + layers[layer].right
    guard let width = graph[values[map]].shape?[2], width > 0 else { return run.maps[map].rowBytes }
    return run.maps[map].rowBytes / width * (width + columns)
  }
}
