package dev.wane.formats.model;

import dev.wane.groups.NamedShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

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
            List<StoredTensor> tensors =
                    SafetensorsHeader.read(file, bytes(channel, 8, (int) length).array());
            check(file, tensors, size - 8 - length);
            return tensors.stream()
                    .map(tensor -> NamedShape.of(tensor.name(), tensor.shape()))
                    .toList();
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

    /** The format wants every byte behind the header in one tensor. */
    private static void check(Path file, List<StoredTensor> tensors, long data) {
        tensors.forEach(tensor -> tensor.check(file, data));
        long end = 0;
        for (StoredTensor tensor : inOrder(tensors)) {
            if (tensor.begin() != end) {
                throw ModelReader.problem(
                        file,
                        tensor.begin() < end
                                ? "the bytes of '" + tensor.name() + "' overlap with those before"
                                : "bytes " + end + " to " + tensor.begin() + " belong to no tensor");
            }
            end = tensor.end();
        }
        if (end != data) {
            throw ModelReader.problem(file, "bytes " + end + " to " + data + " belong to no tensor");
        }
    }

    private static List<StoredTensor> inOrder(List<StoredTensor> tensors) {
        return tensors.stream()
                .sorted(Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end))
                .toList();
    }
}
