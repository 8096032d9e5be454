package dev.wane.formats.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes TensorBoard's records. */
public final class Events {
    private Events() {}

    /** A scalar, whose tag has fewer than 100 letters. */
    public static byte[] scalar(int step, String tag, float value) {
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        ByteBuffer inner = buffer(2 + name.length + 5)
                .put((byte) 0x0a)
                .put((byte) name.length)
                .put(name)
                .put((byte) 0x15)
                .putFloat(value);
        return record(summary(step, inner.array()));
    }

    /** A scalar as TensorFlow 2 writes it: a tensor without sizes. */
    public static byte[] tensor(int step, String tag, float value) {
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        ByteBuffer inner = buffer(2 + name.length + 2 + 2 + 6)
                .put((byte) 0x0a)
                .put((byte) name.length)
                .put(name)
                .put((byte) 0x42)
                .put((byte) 8)
                .put((byte) 0x08)
                .put((byte) 1)
                .put((byte) 0x22)
                .put((byte) 4)
                .putFloat(value);
        return record(summary(step, inner.array()));
    }

    private static byte[] summary(int step, byte[] value) {
        return buffer(9 + 5 + 2 + 2 + value.length)
                .put((byte) 0x09)
                .putDouble(1.7e9)
                .put((byte) 0x10)
                .put((byte) (step & 0x7f | 0x80))
                .put((byte) (step >> 7 & 0x7f | 0x80))
                .put((byte) (step >> 14 & 0x7f | 0x80))
                .put((byte) (step >> 21 & 0x7f))
                .put((byte) 0x2a)
                .put((byte) (2 + value.length))
                .put((byte) 0x0a)
                .put((byte) value.length)
                .put(value)
                .array();
    }

    /** Length, checksum, content, checksum. */
    public static byte[] record(byte[] content) {
        byte[] length = buffer(8).putLong(content.length).array();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(length);
        out.writeBytes(checksum(length));
        out.writeBytes(content);
        out.writeBytes(checksum(content));
        return out.toByteArray();
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return buffer(4)
                .putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8)
                .array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
