package dev.wane.formats.model;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The header of a safetensors file: its length, then JSON of names, types, shapes and offsets. */
final class Safetensors {
    private static final long LARGEST_HEADER = 100_000_000;

    private Safetensors() {}

    static List<NamedShape> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long length = size < 8
                    ? -1
                    : bytes(channel, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length < 2 || length > LARGEST_HEADER || length > size - 8) {
                throw ModelReader.problem(
                        file, "is no safetensors file: its header of " + length + " bytes does not fit into it");
            }
            ByteBuffer header = bytes(channel, 8, (int) length);
            String json = StandardCharsets.UTF_8.decode(header).toString();
            Node tree = TreeReader.parse(file + ".json", json);
            if (!(tree instanceof Node.Mapping root)) {
                throw ModelReader.problem(file, "its header is no mapping of names");
            }
            return tensors(file, root, size - 8 - length);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file ends in its header");
            }
        }
        return buffer.flip();
    }

    /** A tensor's place among the bytes behind the header. */
    private record Span(String name, long begin, long end) {}

    private static List<NamedShape> tensors(Path file, Node.Mapping root, long data) {
        List<NamedShape> tensors = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (Map.Entry<String, Node.Entry> entry : root.entries().entrySet()) {
            if (entry.getKey().equals("__metadata__")) {
                continue;
            }
            List<Long> shape = numbers(file, entry, "shape");
            List<Long> offsets = numbers(file, entry, "data_offsets");
            if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > data) {
                throw ModelReader.problem(
                        file,
                        "the bytes of '" + entry.getKey() + "' lie at " + offsets + ", outside of the " + data
                                + " there are");
            }
            spans.add(new Span(entry.getKey(), offsets.get(0), offsets.get(1)));
            tensors.add(NamedShape.of(entry.getKey(), shape));
        }
        disjoint(file, spans);
        return tensors;
    }

    private static void disjoint(Path file, List<Span> spans) {
        spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).begin() < spans.get(i - 1).end()) {
                throw ModelReader.problem(
                        file,
                        "the bytes of '" + spans.get(i - 1).name() + "' and '"
                                + spans.get(i).name() + "' overlap");
            }
        }
    }

    private static List<Long> numbers(Path file, Map.Entry<String, Node.Entry> entry, String key) {
        Node.Entry value = entry.getValue().value() instanceof Node.Mapping mapping
                ? mapping.entries().get(key)
                : null;
        if (value == null || !(value.value() instanceof Node.Sequence list)) {
            throw ModelReader.problem(file, "'" + entry.getKey() + "' has no list '" + key + "'");
        }
        List<Long> numbers = new ArrayList<>();
        for (Node item : list.items()) {
            numbers.add(number(file, entry.getKey() + "." + key, item));
        }
        return numbers;
    }

    private static long number(Path file, String what, Node item) {
        try {
            long number = Long.parseLong(item instanceof Node.Scalar scalar ? scalar.text() : "");
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw ModelReader.problem(file, what + " must hold whole numbers, got " + item.kind());
        }
        throw ModelReader.problem(file, what + " must hold whole numbers >= 0, got " + item.kind());
    }
}
