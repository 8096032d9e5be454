package dev.wane.formats.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.Checksum;

/** A part of a file in memory, which moves to where it is read. */
public final class Window {
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private long start = -1;

    /**
     * A window that is nowhere yet.
     *
     * @param size bytes that are read at once
     */
    public Window(FileChannel channel, int size) {
        this.channel = channel;
        this.buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    int octet(long index) throws IOException {
        if (!holds(index)) {
            move(index);
        }
        return buffer.get((int) (index - start)) & 0xff;
    }

    private boolean holds(long index) {
        return start >= 0 && index >= start && index < start + buffer.limit();
    }

    private void move(long index) throws IOException {
        buffer.clear();
        start = index;
        if (channel.read(buffer, index) < 1) {
            start = -1;
            throw new IOException("ends too early");
        }
        buffer.flip();
    }

    /** A number of some bytes, little-endian. */
    public long number(long index, int bytes) throws IOException {
        long result = 0;
        for (int i = 0; i < bytes; i++) {
            result |= (long) octet(index + i) << (8 * i);
        }
        return result;
    }

    /** Takes bytes into a checksum. */
    public void check(long index, long length, Checksum sum) throws IOException {
        long at = index;
        while (at < index + length) {
            octet(at);
            int from = (int) (at - start);
            int count = (int) Math.min(buffer.limit() - from, index + length - at);
            sum.update(buffer.array(), from, count);
            at += count;
        }
    }

    String text(long index, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) octet(index + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
