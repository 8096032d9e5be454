package dev.wane.formats.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The lines of a growing file that have come to their end, some at a time. */
final class WholeLines {
    private static final int CHUNK = 1 << 20;
    private static final int LONGEST = 1 << 28;

    private final Path file;
    private long at;
    private int lines;

    WholeLines(Path file) {
        this.file = file;
    }

    /** From the beginning again. */
    void again() {
        at = 0;
        lines = 0;
    }

    /** The number of the next line, from 1. */
    int next() {
        return lines + 1;
    }

    /** The next lines; none where nothing is whole. A file that became shorter is read anew. */
    List<String> read() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < at) {
                at = 0;
                lines = 0;
            }
            for (int size = CHUNK; size <= LONGEST; size *= 4) {
                byte[] bytes = bytes(channel, (int) Math.min(size, channel.size() - at));
                int end = lastBreak(bytes);
                if (end >= 0) {
                    at += end + 1;
                    List<String> whole = new String(bytes, 0, end, StandardCharsets.UTF_8)
                            .lines()
                            .toList();
                    lines += Math.max(1, whole.size());
                    return end == 0 ? List.of("") : whole;
                }
                if (bytes.length < size) {
                    return List.of();
                }
            }
            throw RunLog.problem(file, next(), "has a line of more than " + LONGEST + " bytes");
        }
    }

    private byte[] bytes(FileChannel channel, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        int read = 1;
        while (buffer.hasRemaining() && read > 0) {
            read = channel.read(buffer, at + buffer.position());
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private static int lastBreak(byte[] bytes) {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }
}
