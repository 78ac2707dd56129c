import GraphIR
import Tensors

/// Where the stored elements of a sparse constant belong (`SparsityParameters` of the format).
///
/// Levels are the axes of the tensor, split into blocks, in traversal order; a dense level has all indices,
/// a sparse one lists them in segments, one segment for each index of the level above.
struct SparseLayout {
  private struct Level {
    /// The tensor's axis.
    let axis: Int
    /// What an index of the level counts in indices of the axis.
    let step: Int
    let size: Int
    /// nil where the level is dense.
    let sparse: (segments: [Int], indices: [Int])?
  }

  private let levels: [Level]
  private let shape: Shape
  private let storedCount: Int
  private var found: [Int] = []

  /// - Throws: `unsupported` where the parameters do not describe the shape.
  init(_ record: Record, shape: Shape, storedCount: Int) throws(KernelError) {
    guard case .records(let metadata)? = record["dim_metadata"] else {
      throw .unsupported("the sparsity of input 0 has no dim_metadata")
    }
    let order = record.integers("traversal_order")
    let blockMap = record.integers("block_map")
    let isSound =
      order.sorted() == Array(0..<shape.rank + blockMap.count) && metadata.count == order.count
      && Set(blockMap).count == blockMap.count && blockMap.allSatisfy(shape.dimensions.indices.contains)
    guard isSound else { throw .unsupported("the sparsity of input 0 does not fit its shape \(shape)") }
    var blockSizes = [Int](repeating: 1, count: shape.rank)
    for (level, number) in order.enumerated() where number >= shape.rank {
      blockSizes[blockMap[number - shape.rank]] = metadata[level].integer("dense_size")
    }
    var levels: [Level] = []
    for (level, number) in order.enumerated() {
      let isBlock = number >= shape.rank
      let axis = isBlock ? blockMap[number - shape.rank] : number
      guard blockSizes[axis] > 0, shape[axis] % blockSizes[axis] == 0 else {
        throw .unsupported("blocks of \(blockSizes[axis]) do not fit axis \(axis) of \(shape)")
      }
      let size = isBlock ? blockSizes[axis] : shape[axis] / blockSizes[axis]
      levels.append(
        Level(
          axis: axis, step: isBlock ? 1 : blockSizes[axis], size: size,
          sparse: try Self.sparse(metadata[level], size: size)))
    }
    self.levels = levels
    self.shape = shape
    self.storedCount = storedCount
  }

  /// The place in the dense tensor of each stored element, in the order in which they are stored.
  ///
  /// - Throws: `invalidShape` where the levels name more elements than are stored.
  mutating func places() throws(KernelError) -> [Int] {
    found = []
    if shape.elementCount > 0 { try visit(level: 0, parent: 0, place: 0) }
    return found
  }

  private mutating func visit(level: Int, parent: Int, place: Int) throws(KernelError) {
    guard level < levels.count else {
      guard found.count < storedCount else {
        throw .invalidShape("the sparsity of input 0 names more elements than its \(storedCount) stored ones")
      }
      found.append(place)
      return
    }
    let current = levels[level]
    let distance = current.step * shape.strides[current.axis]
    guard let sparse = current.sparse else {
      for index in 0..<current.size {
        try visit(level: level + 1, parent: parent * current.size + index, place: place + index * distance)
      }
      return
    }
    guard parent + 1 < sparse.segments.count,
      0 <= sparse.segments[parent], sparse.segments[parent] <= sparse.segments[parent + 1],
      sparse.segments[parent + 1] <= sparse.indices.count
    else { throw .invalidShape("level \(level) of the sparsity of input 0 has no valid segment \(parent)") }
    for entry in sparse.segments[parent]..<sparse.segments[parent + 1] {
      try visit(level: level + 1, parent: entry, place: place + sparse.indices[entry] * distance)
    }
  }

  private static func sparse(
    _ metadata: Record, size: Int
  ) throws(KernelError) -> (segments: [Int], indices: [Int])? {
    guard metadata.integer("format") != 0 else {
      guard metadata.integer("dense_size") == size else {
        throw .unsupported("a dense level of the sparsity has \(metadata.integer("dense_size")), not \(size)")
      }
      return nil
    }
    let indices = integers(metadata["array_indices"])
    guard indices.allSatisfy({ (0..<size).contains($0) }) else {
      throw .unsupported("a sparse level has an index outside 0..<\(size)")
    }
    return (integers(metadata["array_segments"]), indices)
  }

  private static func integers(_ field: FieldValue?) -> [Int] {
    guard case .union(_, let record)? = field else { return [] }
    return record.integers("values")
  }
}
