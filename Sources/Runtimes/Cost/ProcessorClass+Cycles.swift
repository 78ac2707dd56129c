/// Cycles by class, from public measurements.
///
/// Cycles per MAC are clock ÷ (inferences a second × MACs), over whole inferences of known models: MLPerf
/// Tiny's visual wake words (VWW; 7,489,664 MACs, 11 % of them depthwise), image classification (IC; 12,501,632,
/// none), keyword spotting (KWS; 2,656,768, 11 %) and anomaly detection (AD; 264,192, fully connected), and TFLM's
/// person detection (PD; 7,157,888, 13 %). Weights read from flash are in them. Sources, as cited below:
///
/// - [T05], [T10], [T12]: MLPerf Tiny results v0.5, v1.0, v1.2, closed division (github.com/mlcommons/tiny_results_v*).
/// - [T07]: the same, v0.7.
/// - [ESP]: «Performance Comparison» of github.com/espressif/esp-tflite-micro, 2026: PD with and without ESP-NN.
/// - [ENN]: «Kernelwise performance» of github.com/espressif/esp-nn.
/// - [Pico]: benchmark log in github.com/raspberrypi/pico-tflmicro: PD in 823.7 ms at 125 MHz on one core.
///
/// A range's ends are other kernels, other versions or other models measured on the class; where nothing was
/// measured they are wide, and it says so.
extension ProcessorClass {
  /// Cycles per MAC of CONV_2D and FULLY_CONNECTED in int8, by the library written for the class.
  var optimizedInt8: CostRange {
    switch self {
    // [Pico] 14.4 with depthwise; [T12] STM32G0B1, Bosch's generated code: IC 7.8, AD 9.9, KWS 11.4, VWW 12.1.
    case .cortexM0Plus: CostRange(7.5, 11, 18)
    // Not measured: between the M0+ and the M4; it has neither DSP instructions nor an FPU.
    case .cortexM3: CostRange(4, 9, 18)
    // [T10] STM32L4R5, microTVM with CMSIS-NN: IC 3.7, AD 3.9, KWS 4.5, VWW 4.8; [T05] TFLM of 2020: IC 6.8,
    // VWW 9.6; [T10] Plumerai: IC 1.7 with kernels of its own.
    case .cortexM4: CostRange(2.4, 3.8, 8)
    // [T07] RA6M4, TFLM with CMSIS-NN: AD 3.5, KWS 3.8, IC 3.9, VWW 4.3; [T10] nRF5340, microTVM with CMSIS-NN: AD 3.0,
    // IC 3.2, KWS 3.7, VWW 4.0.
    case .cortexM33: CostRange(2.2, 3.4, 7)
    // Not measured with CMSIS-NN: the M4's ÷ 1.85, as ST's code has it on both; [T10] ST: IC 1.2, VWW 1.9, AD 1.9.
    case .cortexM7: CostRange(1.1, 2.05, 4.5)
    // Not measured: the M85's and more, as it issues one instruction at a time; far above where weights stand in
    // external flash.
    case .cortexM55: CostRange(0.3, 0.7, 4)
    // [T12] RA8D1, TFLM with CMSIS-NN: IC 0.33, KWS 0.63, VWW 0.86, AD 0.96.
    case .cortexM85: CostRange(0.25, 0.5, 1.5)
    // [ESP] 380 ms at 240 MHz: 12.7 with depthwise.
    case .xtensaLX6: CostRange(6, 9.5, 14)
    // Not measured to the millisecond: «1–2 frames a second» of PD on the ESP32-S2, 17–34 with depthwise.
    case .xtensaLX7: CostRange(10, 18, 28)
    // [ESP] 54 ms at 240 MHz: 1.8 with depthwise; [ENN] 1×1 over 64 channels 1.1, 3×3 over 3 channels 5.8.
    case .esp32S3: CostRange(1, 1.35, 5.8)
    // [ESP] 426 ms at 160 MHz: 9.5 with depthwise.
    case .espRISCV: CostRange(4.5, 7.1, 11)
    // [ESP] 73 ms at 360 MHz: 3.7 with depthwise; [ENN] 1×1 over 64 channels 1.4, over 16 channels 4.3.
    case .esp32P4: CostRange(1.3, 2.7, 5)
    }
  }

  /// Cycles per MAC in int8 by TFLM's portable kernels.
  ///
  /// They depend on the compiler and its flags more than on the core. [ESP] measured Espressif's; nothing public was
  /// found for Arm's, so the ranges are guesses around CMSIS-NN's gain of 4.6× (Lai et al. 2018) and more.
  var referenceInt8: CostRange {
    switch self {
    case .cortexM0Plus: CostRange(20, 70, 160)
    case .cortexM3: CostRange(15, 45, 120)
    case .cortexM4: CostRange(10, 30, 90)
    case .cortexM33: CostRange(10, 28, 80)
    case .cortexM7: CostRange(5, 16, 50)
    case .cortexM55: CostRange(5, 18, 60)
    case .cortexM85: CostRange(3, 12, 45)
    // [ESP] 4,084 ms at 240 MHz.
    case .xtensaLX6: CostRange(45, 137, 170)
    // [ESP] 2,300 ms at 240 MHz, on the ESP32-S3.
    case .xtensaLX7, .esp32S3: CostRange(25, 77, 100)
    // [ESP] 3,355 ms at 160 MHz.
    case .espRISCV: CostRange(25, 75, 100)
    // [ESP] 1,395 ms at 360 MHz.
    case .esp32P4: CostRange(20, 70, 100)
    }
  }

  /// Cycles per MAC in float32; no library has kernels for it, TFLM's portable ones run.
  ///
  /// The low end is generated code: [T12] PSoC 6 (M4F): IC 5.8, VWW 7.2, AD 9.5; STM32H7A3 (M7): IC 2.8, VWW 3.0, AD 5.5.
  /// The portable kernels were not measured publicly; they compute four indices a MAC. Without an FPU, one addition
  /// and one multiplication in software: about 70 cycles each on the M0+ (RP2040 datasheet, 2.8.3).
  func float32(hasFPU: Bool) -> CostRange {
    guard hasFPU else {
      switch self {
      case .cortexM0Plus: return CostRange(120, 190, 400)
      default: return CostRange(50, 130, 350)
      }
    }
    switch self {
    case .cortexM7, .cortexM85: return CostRange(2.8, 9, 30)
    case .xtensaLX6, .xtensaLX7, .esp32S3, .espRISCV, .esp32P4: return CostRange(8, 40, 140)
    default: return CostRange(5.5, 18, 60)
    }
  }

  /// How much more a MAC of DEPTHWISE_CONV_2D takes than one of CONV_2D, by optimized kernels.
  ///
  /// [T10] The M4's VWW and KWS against its IC: 3.2; [ENN] 3×3 over 16 channels against 1×1 over 64 on the ESP32-S3: 4.6.
  /// Portable kernels treat both alike.
  static let depthwiseFactor = 3.2

  /// Cycles per byte read or written by operators that multiply nothing, by optimized kernels.
  ///
  /// [ENN] ESP32-S3: RELU6 0.6, MUL 6.4, MAX_POOL_2D 11, ADD 15, AVERAGE_POOL_2D 22; ESP32-P4: MUL 9.8, ADD 18. Nothing
  /// public was found for others.
  static let optimizedBytes = CostRange(0.5, 8, 25)

  /// The same for portable kernels. [ENN] «ANSI C», ESP32-S3: RELU6 5.7, MUL 25, ADD 64, pools 67–75.
  static let referenceBytes = CostRange(2, 25, 80)
}
