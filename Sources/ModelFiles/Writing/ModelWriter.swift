internal import GraphIR
import Tensors
internal import Tensors

/// Turns a `Model` into the bytes of a file.
struct ModelWriter {
  let model: Model
  let file: String
  let codes: OperatorCodeTable
  let buffers: BufferTable
  /// Whether data that stood after the FlatBuffer, where TFLM does not look, go into it.
  let putsDataInside: Bool

  /// What a FlatBuffer takes besides data, with room to spare.
  private static let roomForTables = 64 << 20

  /// - Parameter keepsAppendedData: Whether data that stand after the FlatBuffer stay there; they do in a model that
  ///   would be larger than a FlatBuffer can be.
  init(_ model: Model, file: String, keepsAppendedData: Bool = false) {
    let byteCount = model.buffers.reduce(0) { $0.saturatingAdd($1.byteCount) }
    putsDataInside = !keepsAppendedData && byteCount < 1 << 31 - Self.roomForTables
    self.model = model
    self.file = file
    codes = OperatorCodeTable(model)
    buffers = BufferTable(model)
  }

  /// The FlatBuffer, data behind it, and the appendix.
  func bytes() throws(ModelFileError) -> [UInt8] {
    if let part = model.unknownParts.first {
      throw error(.model, "it holds what would be lost: \(part)")
    }
    let provisional = try part(appendedBase: AppendedData.alignment)
    let base = provisional.flatBuffer.count.roundedUp(to: AppendedData.alignment)
    // Offsets have a fixed width: the second part is as long as the first.
    let final = provisional.appended.isEmpty ? provisional : try part(appendedBase: base)
    var bytes = final.flatBuffer
    if !final.appended.isEmpty {
      bytes.padToBoundary(AppendedData.alignment)
      bytes += final.appended
    }
    if !model.appendix.isEmpty {
      bytes.padToBoundary(Appendix.alignment)
      bytes += Appendix.placed(model.appendix, at: bytes.count)
    }
    return bytes
  }

  private func part(
    appendedBase: Int
  ) throws(ModelFileError) -> (flatBuffer: [UInt8], appended: [UInt8]) {
    var part = ModelPart(writer: self, appended: AppendedData(base: appendedBase))
    let root = try part.root()
    guard let bytes = part.builder.finish(root: root) else {
      throw error(.model, "it is larger than 2 GiB, the format's limit")
    }
    return (bytes, part.appended.bytes)
  }

  func error(_ place: ModelPlace, _ problem: String) -> ModelFileError {
    .notRepresentable(file: file, place: place, problem: problem)
  }
}
