package dev.wane.formats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import dev.wane.groups.NamedShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {
    @TempDir
    Path folder;

    @Test
    void aHeaderOfSafetensorsIsEnough() throws IOException {
        Path file = safetensors(
                "m.safetensors",
                "{\"__metadata__\":{\"format\":\"pt\"},\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}",
                32);

        assertThat(ModelReader.read(file))
                .containsExactly(NamedShape.of("a.weight", List.of(2L, 3L)), NamedShape.of("a.bias", List.of(2L)));
        assertThat(ModelReader.read(folderWith(file))).hasSize(2);
    }

    private Path folderWith(Path file) throws IOException {
        Path other = Files.createDirectory(folder.resolve("model"));
        Files.copy(file, other.resolve("model.safetensors"));
        return other;
    }

    /** The bytes of 4 GiB are a hole in the file: nobody reads them. */
    @Test
    @Timeout(10)
    void theBytesOfTensorsAreNotTouched() throws IOException {
        Path file = safetensors(
                "big.safetensors",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[32768,32768],\"data_offsets\":[0,4294967296]}}",
                0);
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(hole.length() + (1L << 32));
        }

        assertThat(ModelReader.read(file)).containsExactly(NamedShape.of("w", List.of(32768L, 32768L)));
    }

    @Test
    void anIndexAloneKnowsNamesAndItsShardsKnowShapes() throws IOException {
        safetensors(
                "model-1.safetensors",
                "{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}",
                16);
        Path index = Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"metadata\":{},\"weight_map\":{\"a.weight\":\"model-1.safetensors\",\"b.weight\":\"model-2.safetensors\"}}");

        assertThat(ModelReader.read(index))
                .containsExactly(
                        NamedShape.of("a.weight", List.of(2L, 2L)), new NamedShape("b.weight", List.of(), false));
        assertThat(ModelReader.read(folder)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | overlap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,900]}} | outside of the 8 there are",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | whole numbers >= 0",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}} | has no list",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | bytes 4 to 8 belong to no tensor",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | bytes 0 to 4 belong to no tensor",
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,8]}} | of BF16 [2] has 8 bytes",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775807,3],\"data_offsets\":[0,8]}} | has 8 bytes",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}} | below 2^63",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[8]}} | must hold a begin and an end, got [8]",
                "{\"\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}} | a tensor has no name",
                "{} {} | goes on behind the mapping of names",
                "{\"a\":1,\"a\":2} | has no list 'shape'",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"a\":2} | Duplicate",
                "[] | no mapping of names",
                "{\"a\": | not well-formed JSON"
            })
    void aBrokenHeaderIsNamed(String header, String message) throws IOException {
        Path file = safetensors("broken.safetensors", header, 8);

        assertThatThrownBy(() -> ModelReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] header = "{\"\u00ff\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}"
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = ByteBuffer.allocate(8 + header.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
        Path file = Files.write(folder.resolve("latin.safetensors"), bytes);

        assertThatThrownBy(() -> ModelReader.read(file)).hasMessageContaining("Invalid UTF-8 start byte 0xff");
    }

    /** A type that a later version of the format may bring does not hide names and shapes. */
    @Test
    void anUnknownTypeIsNoObstacle() throws IOException {
        Path file =
                safetensors("later.safetensors", "{\"a\":{\"dtype\":\"F2\",\"shape\":[32],\"data_offsets\":[0,8]}}", 8);

        assertThat(ModelReader.read(file)).containsExactly(NamedShape.of("a", List.of(32L)));
    }

    @Test
    void aHeaderThatDoesNotFitIsRefused() throws IOException {
        Path file = folder.resolve("h.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(100_000_001L)
                        .array());

        assertThatThrownBy(() -> ModelReader.read(file))
                .hasMessageContaining("its header of 100000001 bytes does not fit into it");
    }

    @Test
    void aShardIsAFileBesideItsIndex() throws IOException {
        Path index = Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"../../etc/passwd\"}}");

        assertThatThrownBy(() -> ModelReader.read(index)).hasMessageContaining("no file beside the index");
    }

    @Test
    void numpysHeadersHaveShapes() throws IOException {
        assertThat(ModelReader.read(npz())).containsExactly(NamedShape.of("layer/kernel", List.of(3L, 4L)));
    }

    /** Found by the fuzzer: an array without a name. */
    @Test
    void anArrayNeedsAName() throws IOException {
        Path file = npz(".npy");

        assertThatThrownBy(() -> ModelReader.read(file))
                .hasMessageContaining("holds what no model has: a parameter needs a name");
    }

    /** ModelProto.graph with one initializer: dims 3 and 4, name w, raw data that is skipped. */
    @Test
    void initializersOfOnnxAreFound() throws IOException {
        byte[] tensor = {8, 3, 8, 4, 16, 1, 66, 1, 'w', 74, 4, 1, 2, 3, 4};
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        graph.write(new byte[] {42, (byte) tensor.length});
        graph.write(tensor);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.write(new byte[] {8, 7, 58, (byte) graph.size()});
        model.write(graph.toByteArray());
        Path file = Files.write(folder.resolve("m.onnx"), model.toByteArray());

        assertThat(ModelReader.read(file)).containsExactly(NamedShape.of("w", List.of(3L, 4L)));
        Files.write(file, new byte[] {58, 127});
        assertThatThrownBy(() -> ModelReader.read(file)).hasMessageContaining("a field of 127 bytes does not fit");
    }

    @Test
    void aListOfNamesWillDo() throws IOException {
        Path file = Files.writeString(
                folder.resolve("names.txt"),
                "# a model\nwte.weight [50257, 768]\nln.weight torch.Size([768])\nh.0.w 4x8\nlogit_scale []\nbare.weight\n");

        assertThat(ModelReader.read(file))
                .containsExactly(
                        NamedShape.of("wte.weight", List.of(50257L, 768L)),
                        NamedShape.of("ln.weight", List.of(768L)),
                        NamedShape.of("h.0.w", List.of(4L, 8L)),
                        NamedShape.of("logit_scale", List.of()),
                        new NamedShape("bare.weight", List.of(), false));
    }

    /** What torch.save writes of an OrderedDict with one tensor, and a pickle that would run a command. */
    @Test
    void aPickleIsFollowedAndNeverRun() throws IOException {
        String storage =
                "(X\u0007\u0000\u0000\u0000storagectorch\nFloatStorage\nX\u0001\u0000\u0000\u00000X\u0003\u0000\u0000\u0000cpuK\u0006tQ";
        String tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage
                + "K\u0000K\u0002K\u0003\u0086K\u0003K\u0001\u0086\u0089ccollections\nOrderedDict\n)RtR";
        byte[] harmless = ("\u0080\u0002ccollections\nOrderedDict\n)R(X\u0008\u0000\u0000\u0000a.weight" + tensor
                        + "u.")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ModelReader.read(checkpoint(harmless))).containsExactly(NamedShape.of("a.weight", List.of(2L, 3L)));

        byte[] evil =
                "\u0080\u0002cposix\nsystem\n(X\u0004\u0000\u0000\u0000truetR.".getBytes(StandardCharsets.ISO_8859_1);
        Path dangerous = checkpoint(evil);
        assertThatThrownBy(() -> ModelReader.read(dangerous))
                .hasMessageContaining("names posix.system, which could run any code: save the weights as safetensors");
        Path cut = checkpoint(new byte[] {(byte) 0x80, 2, 'X', 9});
        assertThatThrownBy(() -> ModelReader.read(cut)).hasMessageContaining("cut off");
    }

    /** Bytes of every format changed at random: shapes or a problem, never another exception. */
    @Test
    @Timeout(600)
    void brokenModelsEndInAProblem() throws IOException {
        Map<String, byte[]> models = new TreeMap<>(Map.of(
                "m.safetensors",
                        Files.readAllBytes(safetensors(
                                "m.safetensors",
                                "{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}",
                                24)),
                "m.onnx", new byte[] {8, 7, 58, 13, 42, 11, 8, 3, 8, 4, 66, 1, 'w', 74, 2, 1, 2},
                "m.pt",
                        Files.readAllBytes(checkpoint("\u0080\u0002}(X\u0001\u0000\u0000\u0000aK\u0002u."
                                .getBytes(StandardCharsets.ISO_8859_1))),
                "w.npz", Files.readAllBytes(npz()),
                "names.txt", "a.weight [2, 3]\nb [4]\n".getBytes(StandardCharsets.UTF_8)));
        SplittableRandom random = new SplittableRandom(7);
        for (Map.Entry<String, byte[]> model : models.entrySet()) {
            for (int i = 0; i < Integer.getInteger("wane.mutations", 500); i++) {
                byte[] bytes = model.getValue().clone();
                for (int change = 0; change <= random.nextInt(3); change++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                Path file = Files.write(folder.resolve(model.getKey()), bytes);
                try {
                    assertThat(ModelReader.read(file)).isNotNull();
                } catch (InputException e) {
                    assertThat(e.problems()).isNotEmpty();
                }
            }
        }
    }

    private Path npz() throws IOException {
        return npz("layer/kernel.npy");
    }

    private Path npz(String entry) throws IOException {
        Path file = folder.resolve("w.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            byte[] header =
                    "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }\n".getBytes(StandardCharsets.US_ASCII);
            zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
            zip.write(header);
        }
        return file;
    }

    private Path checkpoint(byte[] pickle) throws IOException {
        Path file = folder.resolve("m.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(pickle);
        }
        return file;
    }

    private Path safetensors(String name, String header, int data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve(name), bytes.array());
    }
}
