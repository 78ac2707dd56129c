import Operators
import Tensors
import Testing

@Suite struct FlexBufferMapTests {
  /// max_detections 4, num_classes 3, use_regular_nms false, nms_iou_threshold 0.5, y_scale 10.0, big 2⁴⁰,
  /// neg −300 and text "x", written by the Python package `flatbuffers`.
  private static let bytes: [UInt8] = [
    109, 97, 120, 95, 100, 101, 116, 101, 99, 116, 105, 111, 110, 115, 0, 110, 117, 109, 95, 99, 108, 97, 115,
    115, 101, 115, 0, 117, 115, 101, 95, 114, 101, 103, 117, 108, 97, 114, 95, 110, 109, 115, 0, 110, 109,
    115,
    95, 105, 111, 117, 95, 116, 104, 114, 101, 115, 104, 111, 108, 100, 0, 121, 95, 115, 99, 97, 108, 101, 0,
    98,
    105, 103, 0, 110, 101, 103, 0, 116, 101, 120, 116, 0, 1, 120, 0, 8, 17, 87, 15, 46, 75, 14, 65, 32, 0, 0,
    10,
    0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 4, 0, 0, 0,
    0, 0,
    0, 0, 212, 254, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 224, 63, 3, 0, 0, 0, 0, 0, 0, 0, 77, 0, 0,
    0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 36, 64, 7, 7, 7, 15, 7, 20, 107, 15, 72, 39, 1,
  ]

  @Test func scalarsAreFoundByTheirKeys() throws {
    let map = try FlexBufferMap(Self.bytes)
    #expect(map.integer("max_detections") == 4 && map.integer("num_classes") == 3)
    #expect(map.integer("big") == 1 << 40 && map.integer("neg") == -300)
    #expect(map.real("nms_iou_threshold") == 0.5 && map.integer("y_scale") == 10)
    #expect(map["use_regular_nms"] == .bool(false))
    #expect(map["text"] == nil && map["max"] == nil && map["no such key"] == nil)
  }

  @Test func bytesThatAreNoMapAreRefused() {
    let error = KernelError.unsupported("its custom options are not a FlexBuffers map")
    for bytes: [UInt8] in [[], [1, 2], [0, 0, 0], [9, 36, 3], [255, 255, 255, 255]] {
      #expect(throws: error) { try FlexBufferMap(bytes) }
    }
  }

  @Test func noTruncationOrDamageTraps() {
    func readAll(_ bytes: [UInt8]) {
      guard let map = try? FlexBufferMap(bytes) else { return }
      for key in ["max_detections", "big", "neg", "y_scale", "text", ""] {
        _ = (map.integer(key), map.real(key))
      }
    }
    for count in Self.bytes.indices { readAll(Array(Self.bytes.prefix(count))) }
    for count in Self.bytes.indices { readAll(Array(Self.bytes.suffix(count))) }
    var generator = SeededRandom(seed: 4)
    for _ in 0..<5000 {
      var bytes = Self.bytes
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      readAll(bytes)
    }
  }
}
