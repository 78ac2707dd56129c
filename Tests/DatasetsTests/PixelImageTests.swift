import Tensors
import Testing

@testable import Datasets

@Suite struct PixelImageTests {
  @Test func pngsAreDecoded() throws {
    let pixels: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3]
    let color = try PixelImage.decode(
      SampleFiles.png(width: 2, height: 2, channels: 3, pixels), file: "x.png")
    #expect(color == PixelImage(width: 2, height: 2, channels: 3, pixels: pixels))
    let gray = try PixelImage.decode(
      SampleFiles.png(width: 1, height: 3, channels: 1, [9, 8, 7]), file: "x.png")
    #expect(gray == PixelImage(width: 1, height: 3, channels: 1, pixels: [9, 8, 7]))
  }

  @Test func jpegsAreDecodedAsPillowDoes() throws {
    let image = try PixelImage.decode(SampleFiles.jpeg, file: "x.jpg")
    #expect(image.width == 8 && image.height == 8 && image.channels == 3)
    #expect(Array(image.pixels.prefix(3)) == [6, 2, 3] && Array(image.pixels.suffix(3)) == [201, 207, 205])
    #expect(image.pixels.reduce(0) { $0 + Int($1) } == 19961)
  }

  @Test func whatIsNoImageIsNamed() {
    let error = "x.png: not a PNG or JPEG image, or damaged: its first bytes are those of neither"
    #expect(
      performing: {
        _ = try PixelImage.decode(Array("hello".utf8), file: "x.png")
      }, throws: { "\($0)" == error })
  }

  @Test func hugeImagesAreRefusedBeforeTheyAreTaken() {
    var png = SampleFiles.png(width: 1, height: 1, channels: 1, [0])
    png.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    #expect(throws: DataError.self) { try PixelImage.decode(png, file: "x.png") }
    var jpeg = SampleFiles.jpeg
    let frame = jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 } ?? 0
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    #expect(
      throws: DataError.unsupported(
        file: "x.jpg", reason: "65500×65500 pixels of 3 channels; at most 67108864 pixels are read")
    ) {
      try PixelImage.decode(jpeg, file: "x.jpg")
    }
  }

  @Test func cutImagesAreRefused() {
    let png = SampleFiles.png(width: 2, height: 2, channels: 1, [1, 2, 3, 4])
    for (bytes, file) in [(png, "x.png"), (SampleFiles.jpeg, "x.jpg")] {
      for count in 0..<bytes.count - 2 {
        #expect(throws: DataError.self) { try PixelImage.decode(Array(bytes.prefix(count)), file: file) }
      }
    }
  }

  @Test func noDamageTraps() {
    var generator = SeededRandom(seed: 3)
    for original in [SampleFiles.png(width: 2, height: 2, channels: 3, Array(0..<12)), SampleFiles.jpeg] {
      for _ in 0..<1000 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        _ = try? PixelImage.decode(bytes, file: "x")
      }
    }
  }

  @Test func grayIsTheLuma() {
    let image = PixelImage(width: 3, height: 1, channels: 3, pixels: [255, 255, 255, 255, 0, 0, 10, 200, 30])
    #expect(image.converted(toChannels: 1).pixels == [255, 76, 124])
    let gray = PixelImage(width: 2, height: 1, channels: 1, pixels: [5, 6])
    #expect(gray.converted(toChannels: 3).pixels == [5, 5, 5, 6, 6, 6])
  }

  @Test func resizingIsBilinearBetweenPixelCenters() {
    let image = PixelImage(width: 2, height: 1, channels: 1, pixels: [0, 100])
    #expect(image.resized(width: 4, height: 2).pixels == [0, 25, 75, 100, 0, 25, 75, 100])
    let square = PixelImage(width: 2, height: 2, channels: 1, pixels: [0, 10, 20, 31])
    #expect(square.resized(width: 1, height: 1).pixels == [15])
    #expect(square.resized(width: 2, height: 2) == square)
  }
}
