import Operators
import Testing

@Suite struct WindowTests {
  @Test func validTapsAreThoseInsideTheInput() throws {
    for (input, taps, stride, dilation, isSame) in [
      (5, 3, 1, 1, true), (6, 3, 2, 1, true), (9, 3, 1, 2, true), (7, 2, 3, 1, false), (3, 5, 1, 1, true),
      (8, 3, 1, 3, false),
    ] {
      let output = Window.outputSize(
        input: input, taps: taps, stride: stride, dilation: dilation, isSame: isSame)
      let window = try Window(input: input, output: output, taps: taps, stride: stride, dilation: dilation)
      for position in 0..<output {
        let expected = (0..<taps).filter {
          (0..<input).contains(position * stride - window.paddingBefore + $0 * dilation)
        }
        #expect(Array(window.validTaps(at: position)) == expected)
      }
    }
  }

  @Test func nonsenseIsRefused() {
    #expect(throws: KernelError.self) { try Window(input: 4, output: 4, taps: 3, stride: 0) }
    #expect(throws: KernelError.self) { try Window(input: 4, output: 4, taps: 3, stride: 1, dilation: -1) }
  }

  @Test(arguments: [Int.max, 1 << 31, 1 << 40]) func numbersBeyondFilesAreRefused(number: Int) throws {
    #expect(throws: KernelError.self) {
      try Window(input: 8, output: 8, taps: number, stride: 1, dilation: 2)
    }
    #expect(throws: KernelError.self) { try Window(input: 8, output: 8, taps: 3, stride: number) }
    #expect(throws: KernelError.self) {
      try Window(input: 8, output: 8, taps: 3, stride: 1, dilation: number)
    }
    let most = Int(Int32.max)
    _ = try Window(input: most, output: most, taps: most, stride: most, dilation: most)
    #expect(Window.outputSize(input: 8, taps: number, stride: 1, dilation: 2, isSame: false) == 0)
  }
}
