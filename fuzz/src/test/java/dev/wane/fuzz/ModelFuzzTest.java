package dev.wane.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wane.formats.config.RunFacts;
import dev.wane.formats.diff.Settings;
import dev.wane.formats.model.ModelReader;
import dev.wane.formats.problem.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Models and checkpoints: all bytes end in an answer or in a problem. */
class ModelFuzzTest {
    /** {@code {'a': 1}} by hand: PROTO 2, EMPTY_DICT, BINUNICODE, BININT1, SETITEM, STOP. */
    private static final byte[] PICKLE = {(byte) 0x80, 2, '}', 'X', 1, 0, 0, 0, 'a', 'K', 1, 's', '.'};

    static Stream<byte[]> safetensors() {
        byte[] header =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(ByteBuffer.allocate(16 + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array());
    }

    static Stream<byte[]> indices() {
        return Stream.of(
                "{\"metadata\":{},\"weight_map\":{\"a\":\"m-1.safetensors\"}}".getBytes(StandardCharsets.UTF_8));
    }

    /** A graph (field 7) with one initialiser (field 5) of two numbers: dims, data type, name. */
    static Stream<byte[]> onnx() {
        return Stream.of(new byte[] {8, 8, 58, 9, 42, 7, 8, 2, 16, 1, 66, 1, 'a'});
    }

    static Stream<byte[]> archives() throws IOException {
        byte[] array = "\u0093NUMPY\u0001\u0000\u0036\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(zip("a.npy", array));
    }

    static Stream<byte[]> checkpoints() throws IOException {
        return Stream.of(zip("archive/data.pkl", PICKLE));
    }

    static Stream<byte[]> pickles() {
        return Stream.of(PICKLE);
    }

    static Stream<byte[]> lists() {
        return Stream.of("h.0.ln_1.weight [64]\nh.0.w [64, 64]\n".getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("safetensors")
    @FuzzTest(maxDuration = "10m")
    void safetensors(byte[] bytes) throws IOException {
        read("m.safetensors", bytes);
    }

    @MethodSource("indices")
    @FuzzTest(maxDuration = "10m")
    void index(byte[] bytes) throws IOException {
        read("m.safetensors.index.json", bytes);
    }

    @MethodSource("onnx")
    @FuzzTest(maxDuration = "10m")
    void onnx(byte[] bytes) throws IOException {
        read("m.onnx", bytes);
    }

    @MethodSource("archives")
    @FuzzTest(maxDuration = "10m")
    void npz(byte[] bytes) throws IOException {
        read("m.npz", bytes);
    }

    @MethodSource("checkpoints")
    @FuzzTest(maxDuration = "10m")
    void checkpoint(byte[] bytes) throws IOException {
        read("m.pt", bytes);
    }

    /** The pickle itself, which a mutated archive around it seldom lets through. */
    @MethodSource("pickles")
    @FuzzTest(maxDuration = "10m")
    void optimizer(byte[] bytes) throws IOException {
        Path file = file("o.pt", zip("archive/data.pkl", bytes));
        attempt(() -> Settings.read(file, RunFacts.NONE));
        attempt(() -> ModelReader.read(file));
    }

    @MethodSource("lists")
    @FuzzTest(maxDuration = "10m")
    void names(byte[] bytes) throws IOException {
        read("m.txt", bytes);
    }

    private static void read(String name, byte[] bytes) throws IOException {
        Path file = file(name, bytes);
        attempt(() -> ModelReader.read(file));
    }

    private static Path file(String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "fuzzed"));
        return Files.write(folder.resolve(name), bytes);
    }

    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (InputException expected) {
            if (expected.problems().isEmpty()) {
                throw new AssertionError("a refusal without a problem", expected);
            }
        }
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
