# The Homebrew formula of nnopt: Scripts/package puts version, address and checksum of the sources into it.
class Nnopt < Formula
  desc "Fits neural networks into the memory of microcontrollers"
  homepage "@HOMEPAGE@"
  url "@URL@"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on xcode: ["26.0", :build]
  depends_on "jpeg-turbo"
  depends_on "libpng"

  uses_from_macos "python" => :build
  uses_from_macos "swift" => :build, since: :tahoe # Swift 6.2
  uses_from_macos "sqlite"
  uses_from_macos "zlib"

  # The checked-in header is that of 2.0.8, and says so where it is compiled; only headers are used.
  resource "flatbuffers" do
    url "https://github.com/google/flatbuffers/archive/v2.0.8.tar.gz"
    sha256 "f97965a727d26386afaefff950badef2db3ab6af9afe23ed6d94bfb65f95f37e"
  end

  def install
    (buildpath/"flatbuffers").install resource("flatbuffers")
    folders = [buildpath/"flatbuffers/include", Formula["libpng"].opt_include, Formula["jpeg-turbo"].opt_include]
    arguments = folders.flat_map { |folder| ["-Xcc", "-I#{folder}", "-Xcxx", "-I#{folder}"] }
    arguments += ["-Xlinker", "-L#{Formula["libpng"].opt_lib}", "-Xlinker", "-L#{Formula["jpeg-turbo"].opt_lib}"]
    arguments << "--static-swift-stdlib" if OS.linux?
    system "swift", "build", "--disable-sandbox", "--configuration", "release", "--product", "nnopt", *arguments
    bin.install ".build/release/nnopt"
    generate_completions_from_executable(bin/"nnopt", "--generate-completion-script")
    manual = Utils.safe_popen_read(bin/"nnopt", "--experimental-dump-help")
    (buildpath/"manual").mkpath
    IO.popen(["python3", "Packaging/manual.py", "manual", version.to_s, Date.today.to_s], "w") { |io| io.write manual }
    man1.install Dir["manual/*.1"]
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/nnopt --version")
    assert_match "esp32", shell_output("#{bin}/nnopt boards esp32")
    (testpath/"buffers.csv").write "id,lower,upper,size\na,0,2,16\nb,1,3,32\n"
    assert_match "offset", shell_output("#{bin}/nnopt place buffers.csv --capacity 48")
  end
end
