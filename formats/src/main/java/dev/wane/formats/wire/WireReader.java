package dev.wane.formats.wire;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Protocol Buffers' wire format over a part of a file; what is not asked for is skipped and not read. */
public final class WireReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_TEXT = 4096;
    /** Models skip from name to name. */
    private static final int SMALL = 256;

    private final Window window;
    private final long end;
    private long at;
    private int field;
    private int type;
    private long value;
    private long contentStart;

    public WireReader(FileChannel channel, long start, long end) {
        this(new Window(channel, SMALL), start, end);
    }

    public WireReader(Window window, long start, long end) {
        this.window = window;
        this.at = start;
        this.end = end;
    }

    public boolean atEnd() {
        return at >= end;
    }

    /** Steps to the next field; false at the end. */
    public boolean next() throws IOException {
        if (atEnd()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        type = (int) (key & 7);
        switch (type) {
            case VARINT -> value = varint();
            case FIXED64 -> value = fixed(8);
            case FIXED32 -> value = fixed(4);
            case LENGTH -> {
                value = varint();
                contentStart = at;
                if (value < 0 || value > end - at) {
                    throw new IOException("a field of " + value + " bytes does not fit");
                }
                at += value;
            }
            default -> throw new IOException("unknown wire type " + type);
        }
        if (field == 0 || at > end) {
            throw new IOException("not well-formed");
        }
        return true;
    }

    public int field() {
        return field;
    }

    public long value() {
        return value;
    }

    /** The number of a field of 8 bytes. */
    public double asDouble() {
        return Double.longBitsToDouble(value);
    }

    /** The number of a field of 4 bytes. */
    public float asFloat() {
        return Float.intBitsToFloat((int) value);
    }

    public boolean isMessage() {
        return type == LENGTH;
    }

    public WireReader message() {
        return new WireReader(window, contentStart, contentStart + value);
    }

    public String text() throws IOException {
        if (value > LONGEST_TEXT) {
            throw new IOException("a name of " + value + " bytes");
        }
        return window.text(contentStart, (int) value);
    }

    public long varint() throws IOException {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new IOException("ends in a number");
            }
            int octet = window.octet(at++);
            result |= (long) (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return result;
            }
        }
        throw new IOException("a number of more than 64 bits");
    }

    /** The next four bytes, outside any field. */
    public float float32() throws IOException {
        return Float.intBitsToFloat((int) fixed(4));
    }

    /** Little-endian. */
    private long fixed(int bytes) throws IOException {
        if (bytes > end - at) {
            throw new IOException("ends in a number");
        }
        long result = window.number(at, bytes);
        at += bytes;
        return result;
    }
}
