/// A program of plain C++ that links a TFLM which was built before.
struct CMakeProject {
  let firmware: Firmware

  var text: String {
    """
    # TFLM_ROOT is a checkout of tflite-micro in which the library was built, such as with
    #   make -f tensorflow/lite/micro/tools/make/Makefile microlite
    # TFLM_LIBRARY is the file that it made, gen/<target>/lib/libtensorflow-microlite.a.
    cmake_minimum_required(VERSION 3.16)
    project(\(firmware.name.text) CXX)

    set(TFLM_ROOT "" CACHE PATH "A checkout of tflite-micro")
    set(TFLM_LIBRARY "" CACHE FILEPATH "libtensorflow-microlite.a")
    if(NOT EXISTS "${TFLM_ROOT}/tensorflow/lite/micro" OR NOT EXISTS "${TFLM_LIBRARY}")
      message(FATAL_ERROR "Set TFLM_ROOT and TFLM_LIBRARY; this file says what they are.")
    endif()
    set(TFLM_DOWNLOADS "${TFLM_ROOT}/tensorflow/lite/micro/tools/make/downloads")

    add_executable(\(firmware.name.text) main.cc model_data.cc)
    target_compile_features(\(firmware.name.text) PRIVATE cxx_std_17)
    target_compile_definitions(\(firmware.name.text) PRIVATE TF_LITE_STATIC_MEMORY)
    target_include_directories(\(firmware.name.text) PRIVATE
      "${TFLM_ROOT}" "${TFLM_DOWNLOADS}/flatbuffers/include" "${TFLM_DOWNLOADS}/gemmlowp")
    target_link_libraries(\(firmware.name.text) PRIVATE "${TFLM_LIBRARY}" m)

    """
  }
}
