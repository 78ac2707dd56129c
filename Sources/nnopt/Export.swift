import ArgumentParser
import Boards
import Files
import Firmware
import GraphIR
import Passes
import Planning
import Reporting
import Runtimes
import Workflows

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `nnopt export`: a model as source files for a microcontroller.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what a program needs to run a model: array, arena size, operators, a compiling example.",
    discussion: """
      The files are for TensorFlow Lite for Microcontrollers. The array holds the given file byte for byte, so plan \
      and optimize first; the arena size is the predicted one for the board and its kernels. Without a board it \
      holds for 32-bit Arm with the portable kernels. Files that nnopt did not write, or that were changed since, \
      are not replaced without --force.

      What TFLM will refuse is named on the error stream, with the place and what helps; the files are written all \
      the same.

      FORMATS
        c           C++17 files with a main.cc and a CMakeLists.txt; the default
        arduino     a sketch folder for the library Arduino_TensorFlowLite
        esp-idf     a project with the component espressif/esp-tflite-micro; the default for ESP32 boards
        platformio  a project of ESP-IDF for ESP32 boards, with Arduino's core for others
        zephyr      an application with the module tflite-micro

      EXAMPLES
        nnopt export model.tflite --board esp32 --to firmware
        nnopt export model.tflite --board nano33ble --format arduino --to Sketches/model
        nnopt export planned.tflite --board nucleo-f446re --name wake_word --to Source/model --json
        nnopt export planned.tflite --board esp32 --regions sram=160K,psram=4M --to firmware

      EXIT CODES
        0  written    1  bad input, or a file is in the way    64 usage
        2  written, but the model does not fit the board, or TFLM refuses it; not written, as the tensors do not fit \
        --regions
      """)

  @Argument(
    help: ArgumentHelp("A TensorFlow Lite model.", valueName: "model"),
    completion: .file(extensions: ["tflite"]))
  var model: String

  @Option(
    name: .customLong("to"), help: ArgumentHelp("The folder to write into.", valueName: "folder"),
    completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("The board to write for; 'nnopt boards' lists them.", valueName: "id"),
    completion: BoardOptions.completion)
  var board: String?

  @OptionGroup var boards: BoardOptions

  @Option(help: "What to write: \(FirmwareFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: FirmwareFormat?

  @Option(
    help: ArgumentHelp(
      "The kernels of the firmware, if not the board's usual: \(KernelLibrary.allCases.map(\.rawValue).joined(separator: ", ")); with @ and a version where it is not the newest known.",
      valueName: "library[@version]"), completion: .list(KernelLibrary.allCases.map(\.rawValue)),
    transform: KernelChoice.init(option:))
  var kernels: KernelChoice?

  @OptionGroup var memory: MemoryOptions

  @OptionGroup var resources: ResourceOptions

  @OptionGroup var regions: RegionOptions

  @Option(help: ArgumentHelp("What symbols are named after, if not the file.", valueName: "identifier"))
  var name: String?

  @OptionGroup var states: StateOptions

  @OptionGroup var replacement: ReplacementOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard name.map({ SymbolName($0) != nil }) ?? true else {
      throw ValidationError(
        "--name takes a C++ identifier without double underscores that is no word of C++.")
    }
    guard !folder.isEmpty else { throw ValidationError("The folder's path is empty.") }
    guard board != nil || memory.reserve == nil && memory.arena == .sram else {
      throw ValidationError("--reserve and --arena mean nothing without --board.")
    }
  }

  func run() throws {
    try Outcome.reportingErrors(export)
  }

  private func export() throws {
    let target = try board.map { try boards.table().board(id: $0) }
    if let target, let kernels = kernels?.library, !FirmwareTarget.suits(kernels, target) {
      throw ValidationError(
        "--kernels \(kernels.rawValue): \(target.id) has no processor for them.")
    }
    let format = format ?? FirmwareFormat(for: target)
    if let refusal = format.refusal(of: target) {
      throw ValidationError("--format \(format.rawValue): \(refusal).")
    }
    guard memory.arena == .sram || format.canAllocate(on: target) else {
      throw ValidationError(
        "--arena psram: only sources for ESP-IDF take external RAM; place the arena yourself.")
    }
    memory.noteFrameworks()
    let (parsed, bytes) = try Console.contents(of: model)
    let firmware = try firmware(parsed, bytes.count, target, format)
    let files = firmware.files(model: bytes)
    var paths = WrittenPaths()
    paths.reads("the model", model)
    paths.reads("the boards", boards.file)
    for file in files { paths.writes("--to", "\(folder)/\(file.path)") }
    try paths.check(replacement)
    try OutputFolder(folder).write(files.map { ($0.path, $0.pieces) }) { old in
      replacement.force || GeneratedFile.isUntouched(old)
    }
    for warning in firmware.warnings { Console.note("nnopt: \(model): warning: \(warning)") }
    let report = ExportReport(
      path: model, folder: folder, firmware: firmware, board: target,
      limits: target.map(memory.limits),
      files: files.map { .init(path: $0.path, byteCount: $0.byteCount) },
      flash: target.map {
        FlashReport(
          fileBytes: bytes.count, code: CodeEstimate(parsed, kernels: firmware.target.tflm.kernels),
          board: $0, limitBytes: nil)
      }, plannedArenaBytes: plannedArenaBytes(parsed, firmware))
    try Console.show(
      json
        ? try ExportJSONRenderer().render(report) : ExportTextRenderer(style: Console.style).render(report))
    if !report.isUsable { throw Outcome.doesNotFit }
  }

  /// The arena of the model once it is planned; nil where it has a plan that is kept, or cannot be planned.
  private func plannedArenaBytes(_ parsed: Model, _ firmware: Firmware) -> Int? {
    guard Pipeline.reasonAgainstChanges(of: parsed) == nil, firmware.regions == nil else { return nil }
    let build = TFLMBuild(firmware.target.tflm, safeOn: [firmware.target.tflm.kernels])
    return try? Planner(for: build, effort: .normal).plannedModel(for: parsed).charge.arenaBytes
  }

  /// The folder's name, which the Arduino IDE wants its sketch to have.
  private func sketchName() throws -> String {
    let name = URL(filePath: folder).standardizedFileURL.lastPathComponent
    let isName = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "_.-".unicodeScalars.contains(scalar))
    }
    guard isName, !name.isEmpty, name.count <= 63, !name.hasPrefix("."), !name.hasPrefix("-") else {
      throw ValidationError(
        "--to \(folder): the Arduino IDE opens sketches whose folder's name has up to 63 letters, digits, '_', '.' and '-'."
      )
    }
    return name
  }

  private func firmware(
    _ parsed: Model, _ byteCount: Int, _ target: Board?, _ format: FirmwareFormat
  ) throws -> Firmware {
    let device =
      target.map {
        FirmwareTarget(
          board: $0, kernels: kernels?.library, release: kernels?.release,
          resourceVariableSlots: resources.resourceSlots)
      }
      ?? FirmwareTarget(
        kernels: kernels?.library ?? .reference, release: kernels?.release,
        resourceVariableSlots: resources.resourceSlots)
    let states = try states.ports(of: parsed, model)
    var firmware: Firmware
    do {
      let build = TFLMBuild(device.tflm, safeOn: [device.tflm.kernels])
      firmware = try Firmware(
        parsed, fileBytes: byteCount, source: model,
        name: name.flatMap(SymbolName.init) ?? SymbolName(fileName: model),
        format: format, target: device,
        planFault: try build.faultOfOffsets(in: parsed), states: states)
    } catch {
      Console.error("\(model): \(error)")
      throw Outcome.badInput
    }
    firmware.arenaMemory = memory.arena
    if format == .arduino { firmware.sketchName = try sketchName() }
    firmware.regions = try regions.table(for: parsed, path: model, target: firmware.target.tflm)
    return firmware
  }
}

extension FirmwareFormat: ExpressibleByArgument {}
