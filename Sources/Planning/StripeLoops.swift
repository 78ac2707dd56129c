package import GraphIR
import Tensors

/// What a file says of its loops over stripes: which carried tensor holds a source whose rows are used up, and which the
/// result that is written over them.
///
/// The metadata entry `nnopt.stripes` holds little-endian int32: a version, then for each loop the number of the body's
/// graph and the positions of source and result among its inputs; −1 for both where the result does not lie on the
/// source.
package struct StripeLoops: Sendable, Equatable {
  package static let metadataName = "nnopt.stripes"

  package var loops: [Loop]

  package struct Loop: Sendable, Equatable {
    package let body: GraphID
    /// Positions among the loop's operands; nil where the result stands apart.
    package let shared: SharedSlots?

    package init(body: GraphID, shared: SharedSlots?) {
      self.body = body
      self.shared = shared
    }
  }

  package struct SharedSlots: Sendable, Equatable {
    package let source: Int
    package let result: Int

    package init(source: Int, result: Int) {
      self.source = source
      self.result = result
    }
  }

  /// Why a model with loops over stripes is not changed, as a clause.
  package static let reasonAgainstChanges =
    "its layers are computed in stripes already, which changes would undo: optimize the model that it was made of, with "
    + "--stripes"

  package init(loops: [Loop]) { self.loops = loops }

  /// What a model says of its loops; nil where it says nothing, or no sense.
  package init?(_ model: Model) {
    guard let entry = model.metadata?.last(where: { $0.name == Self.metadataName }) else { return nil }
    let words = entry.data.elements(Int32.self).map { Int(Int32(littleEndian: $0)) }
    guard words.first == 1, words.count % 3 == 1, words.count > 1 else { return nil }
    loops = stride(from: 1, to: words.count, by: 3).map { start in
      let (source, result) = (words[start + 1], words[start + 2])
      return Loop(
        body: GraphID(words[start]),
        shared: source >= 0 && result >= 0 ? SharedSlots(source: source, result: result) : nil)
    }
  }

  package var metadataBytes: [UInt8] {
    let words =
      [Int32(1)]
      + loops.flatMap { loop in
        [loop.body.index, loop.shared?.source ?? -1, loop.shared?.result ?? -1].map { Int32(clamping: $0) }
      }
    return words.littleEndianBytes
  }

  func shared(by body: GraphID) -> SharedSlots? { loops.first { $0.body == body }?.shared }
}
