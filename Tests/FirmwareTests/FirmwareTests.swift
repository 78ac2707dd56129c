import Boards
import Foundation
import ModelFiles
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Firmware
@testable import GraphIR

@Suite struct FirmwareTests {
  @Test(arguments: Samples.names)
  func theArenaIsThePredictedOne(name: String) throws {
    for id in ["esp32", "nano33ble", "rpi-pico"] {
      let target = FirmwareTarget(board: try BoardTable.builtin().board(id: id))
      let firmware = try Samples.firmware(name, target: target)
      let model = try ModelFile.parse(try Samples.bytes(name), name: name)
      let prediction = try TFLMRuntime(target.tflm).predict(model, plan: OfflinePlan.read(from: model))
      let settings = try text("model_settings.h", of: firmware, name)
      #expect(settings.contains("kTensorArenaSize = \(prediction.smallestArenaBytes);"))
    }
  }

  @Test func theArenaHoldsAsManyVariablesAsTheModelHas() throws {
    let firmware = try Samples.firmware("streaming_float32")
    #expect(firmware.resourceVariables > 0)
    let settings = try text("model_settings.h", of: firmware, "streaming_float32")
    #expect(settings.contains("kResourceVariableCount = \(firmware.resourceVariables);"))
    let example = try text("main.cc", of: firmware, "streaming_float32")
    #expect(example.contains("MicroResourceVariables::Create"))
  }

  @Test func moreVariablesCanBeAskedFor() throws {
    let own = try Samples.firmware("streaming_float32")
    let target = FirmwareTarget(resourceVariableSlots: 60)
    let firmware = try Samples.firmware("streaming_float32", target: target)
    let settings = try text("model_settings.h", of: firmware, "streaming_float32")
    #expect(settings.contains("kResourceVariableCount = 60;"))
    let more = 20 * (60 - own.resourceVariables)
    #expect((more - 15...more + 15).contains(firmware.arenaBytes - own.arenaBytes))
    #expect(try Samples.firmware("cnn_int8", target: target).resourceVariables == 0)
    let fewer = FirmwareTarget(resourceVariableSlots: 1)
    #expect(try Samples.firmware("streaming_float32", target: fewer).arenaBytes == own.arenaBytes)
  }

  @Test(arguments: Samples.names)
  func ownModelsRunOnTFLM(name: String) throws {
    #expect(try Samples.firmware(name).warnings.isEmpty)
  }

  @Test func filesStandWhereBuildSystemsLook() throws {
    let bytes = try Samples.bytes("cnn_int8")
    let sources = ["model_data.h", "model_settings.h", "model_operators.h"]
    let paths = try FirmwareFormat.allCases.map { format in
      Set(try Samples.firmware("cnn_int8", format: format).files(model: bytes).map(\.path))
    }
    #expect(paths[0] == Set(sources + ["model_data.cc", "main.cc", "CMakeLists.txt"]))
    #expect(paths[1] == Set(sources + ["model_data.cpp", "cnn_int8.ino"]))
    let components = ["model_data.cc", "main.cc", "CMakeLists.txt", "idf_component.yml"]
    #expect(
      paths[2] == Set((sources + components).map { "main/\($0)" } + ["CMakeLists.txt", "sdkconfig.defaults"]))
  }

  @Test func malformedPlansAreReported() throws {
    var model = try ModelFile.parse(try Samples.bytes("cnn_int8"), name: "cnn_int8")
    model.metadata = [.init(name: OfflinePlan.metadataName, data: TensorData([1, 2, 3]))]
    #expect(throws: FirmwareError.offlinePlan(.malformed(byteCount: 3))) { try Samples.firmware(model) }
  }

  @Test func wrongPlansAreWarnedOf() throws {
    let model = try ModelFile.parse(try Samples.bytes("cnn_int8"), name: "cnn_int8")
    let firmware = try Firmware(
      model, fileBytes: 0, source: "a.tflite", name: SymbolName(fileName: "a"), format: .c,
      target: FirmwareTarget(kernels: .cmsisNN), planFault: "two tensors share bytes")
    let warning = try #require(firmware.warnings.first { $0.kind == .offlinePlan })
    #expect(warning.problem.contains("two tensors share bytes, with CMSIS-NN kernels"))
    #expect(!warning.isRefusal)
  }

  @Test func modelsBeyondTheRuntimeAreReported() throws {
    var builder = GraphBuilder()
    builder.node(.relu, [builder.input("x", [65536, 65536])], [builder.value("y", [65536, 65536])])
    #expect(throws: FirmwareError.tooLarge(.tensorTooLarge(GraphID(0), ValueID(0)))) {
      try Samples.firmware(Model(graphs: [builder.graph]))
    }
  }

  @Test func olderArduinoLibrariesAreNamed() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4, 4], .float32)
    builder.node(.batchMatMul, [x, x], [builder.value("y", [1, 4, 4], .float32)])
    let model = Model(graphs: [builder.graph])
    #expect(try Samples.firmware(model, format: .arduino).warnings.map(\.kind) == [.library])
    #expect(try Samples.firmware(model, format: .c).warnings.isEmpty)
  }

  @Test func anEmptyModelIsNoTrap() throws {
    let firmware = try Samples.firmware(Model(graphs: [GraphBuilder().graph]))
    #expect(firmware.files(model: []).count == 6)
  }

  private func text(_ path: String, of firmware: Firmware, _ name: String) throws -> String {
    let file = try #require(firmware.files(model: try Samples.bytes(name)).first { $0.path == path })
    return String(decoding: file.bytes, as: UTF8.self)
  }
}
