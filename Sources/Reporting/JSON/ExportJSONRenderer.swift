import Boards
import Firmware
import Runtimes

/// An export as JSON for other tools.
package struct ExportJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  package func render(_ report: ExportReport) throws -> String {
    try JSONText.encoded(Document(report), as: "nnopt-export-1")
  }

  private struct Document: Encodable {
    let path: String
    let folder: String
    let format: String
    let name: String
    let kernels: String
    /// The release of the library that the figures are for, such as `esp-nn 1.2.3`.
    let kernelsVersion: String
    /// The month of TFLM's sources that the figures are for.
    let tflmVersion: String
    let target: String
    let modelBytes: Int
    let arenaBytes: Int
    let headBytes: Int
    let tailBytes: Int
    let operators: [String]
    let unsupportedOperators: [String]
    let inputs: [Port]
    let outputs: [Port]
    let files: [File]
    let regions: [Region]?
    let warnings: [Warning]
    let board: Fit?
    let flash: FlashDocument?
    /// The arena of the same model once it is planned, where that is smaller.
    let plannedArenaBytes: Int?

    init(_ report: ExportReport) {
      let firmware = report.firmware
      path = report.path
      folder = report.folder
      flash = report.flash.map(FlashDocument.init)
      plannedArenaBytes = report.plannedArenaBytes
      format = firmware.format.rawValue
      name = firmware.name.text
      kernels = firmware.target.tflm.kernels.rawValue
      kernelsVersion = firmware.target.tflm.release.name
      tflmVersion = KernelRelease.newest(of: .reference).version
      target = firmware.target.description
      modelBytes = firmware.modelBytes
      arenaBytes = firmware.arenaBytes
      headBytes = firmware.prediction.headBytes
      tailBytes = firmware.prediction.tailBytes
      operators = report.operators
      unsupportedOperators = firmware.resolver.missing
      inputs = firmware.inputs.map(Port.init)
      outputs = firmware.outputs.map(Port.init)
      files = report.files.map { File(path: $0.path, bytes: $0.byteCount) }
      regions = firmware.regions?.plan.pools.map {
        Region(name: $0.name, capacityBytes: $0.capacityBytes ?? $0.usedBytes, usedBytes: $0.usedBytes)
      }
      warnings = firmware.warnings.map(Warning.init)
      board = report.board.flatMap { board in report.fit.map { Fit(id: board.id, $0) } }
    }
  }

  private struct Port: Encodable {
    let name: String
    let type: String
    let shape: [Int]
    let scale: Double?
    let zeroPoint: Int64?

    init(_ port: FirmwarePort) {
      name = port.name
      type = port.elementType.description
      shape = port.dimensions
      scale = port.scale.map(Double.init)
      zeroPoint = port.scale == nil ? nil : port.zeroPoint
    }
  }

  private struct File: Encodable {
    let path: String
    let bytes: Int
  }

  private struct Region: Encodable {
    let name: String
    let capacityBytes: Int
    let usedBytes: Int
  }

  private struct Warning: Encodable {
    let kind: String
    let place: String
    let more: Int
    let problem: String
    let remedy: String
    let refused: Bool

    init(_ warning: FirmwareWarning) {
      kind = warning.kind.rawValue
      place = warning.place
      more = warning.moreCount
      problem = warning.problem
      remedy = warning.remedy
      refused = warning.isRefusal
    }
  }

  private struct Fit: Encodable {
    let id: String
    let availableBytes: Int
    let fits: Bool
    let marginBytes: Int

    init(id: String, _ fit: BoardFit) {
      self.id = id
      availableBytes = fit.availableBytes
      fits = fit.fits
      marginBytes = fit.marginBytes
    }
  }
}
