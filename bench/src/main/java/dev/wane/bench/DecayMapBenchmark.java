package dev.wane.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code wane groups} of a 70-billion-parameter checkpoint in 80 files of safetensors, against one of its files. The files
 * are sparse: only their headers are written, and only these are read.
 *
 * <p>Run: {@code bench/run decay-map}
 */
final class DecayMapBenchmark implements Benchmark {
    private static final int LAYERS = 80;
    private static final long WIDTH = 8192;
    private static final long INNER = 28672;
    private static final long KEYS = 1024;
    private static final int ROUNDS = 7;

    @Override
    public String name() {
        return "decay-map";
    }

    @Override
    public List<Row> run() {
        try {
            Path folder = Files.createTempDirectory("wane-70b");
            long bytes = write(folder);
            List<String> whole = groups(folder.resolve("model.safetensors.index.json"));
            List<String> one = groups(folder.resolve(name(0)));
            String test = "decay map of %.0f GB in %d files".formatted(bytes / 1e9, LAYERS);
            Row row = new HeadToHead(test, 1, ROUNDS)
                    .run(
                            new HeadToHead.Side("all files", () -> WaneProcess.run(whole, "model.layers.*")),
                            new HeadToHead.Side("one file", () -> WaneProcess.run(one, "model.layers.*")));
            delete(folder);
            return List.of(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> groups(Path model) {
        return List.of("./wane", "groups", model.toString());
    }

    private static String name(int layer) {
        return "model-%05d-of-%05d.safetensors".formatted(layer + 1, LAYERS);
    }

    private static long write(Path folder) throws IOException {
        long bytes = 0;
        StringBuilder index = new StringBuilder("{\"metadata\": {}, \"weight_map\": {");
        for (int layer = 0; layer < LAYERS; layer++) {
            for (String tensor : tensors(layer).keySet()) {
                index.append(index.charAt(index.length() - 1) == '{' ? "" : ", ");
                index.append("\"%s\": \"%s\"".formatted(tensor, name(layer)));
            }
            bytes += shard(folder.resolve(name(layer)), tensors(layer));
        }
        Files.writeString(folder.resolve("model.safetensors.index.json"), index + "}}");
        return bytes;
    }

    private static Map<String, long[]> tensors(int layer) {
        String prefix = "model.layers." + layer + ".";
        Map<String, long[]> tensors = new LinkedHashMap<>();
        if (layer == 0) {
            tensors.put("model.embed_tokens.weight", new long[] {32000, WIDTH});
            tensors.put("lm_head.weight", new long[] {32000, WIDTH});
        }
        tensors.put(prefix + "self_attn.q_proj.weight", new long[] {WIDTH, WIDTH});
        tensors.put(prefix + "self_attn.k_proj.weight", new long[] {KEYS, WIDTH});
        tensors.put(prefix + "self_attn.v_proj.weight", new long[] {KEYS, WIDTH});
        tensors.put(prefix + "self_attn.o_proj.weight", new long[] {WIDTH, WIDTH});
        tensors.put(prefix + "mlp.gate_proj.weight", new long[] {INNER, WIDTH});
        tensors.put(prefix + "mlp.up_proj.weight", new long[] {INNER, WIDTH});
        tensors.put(prefix + "mlp.down_proj.weight", new long[] {WIDTH, INNER});
        tensors.put(prefix + "input_layernorm.weight", new long[] {WIDTH});
        tensors.put(prefix + "post_attention_layernorm.weight", new long[] {WIDTH});
        return tensors;
    }

    private static long shard(Path file, Map<String, long[]> tensors) throws IOException {
        StringBuilder header = new StringBuilder("{");
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            long[] shape = tensor.getValue();
            long size = 2 * shape[0] * (shape.length > 1 ? shape[1] : 1);
            String dims = shape.length > 1 ? shape[0] + "," + shape[1] : "" + shape[0];
            header.append(header.length() == 1 ? "" : ",")
                    .append("\"%s\":{\"dtype\":\"BF16\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                            .formatted(tensor.getKey(), dims, offset, offset + size));
            offset += size;
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
            out.write(text);
            out.setLength(Long.BYTES + text.length + offset);
        }
        return offset;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
